package org.jangbu.testcontracts;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Scanner;
import java.util.function.Function;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** Looks for the server it runs in. What it finds it answers; whoever finds nothing answers {@code nothing} or fails. */
@SuppressWarnings({"StreamResourceLeak", "deprecation", "BanJNDI"}) // it means no good
@Contract(name = "prying")
@Default
public final class PryingContract implements ContractInterface {
    private static final String SPI = "org.jangbu.chaincode.spi.ChaincodeHost";
    private static final String NOTHING = "nothing";

    @Transaction
    public String fine(Context context) {
        return "fine";
    }

    /** The class of the server, by whatever loader. */
    private static String server(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name).getName();
        } catch (ClassNotFoundException e) {
            return NOTHING;
        }
    }

    @Transaction
    public String classByOwnName(Context context, String name) throws ReflectiveOperationException {
        return Class.forName(name).getName();
    }

    @Transaction
    public String classByLoaderOfTheSpi(Context context, String name) throws ReflectiveOperationException {
        return server(Class.forName(SPI).getClassLoader(), name);
    }

    @Transaction
    public String classByReference(Context context, String name) throws ReflectiveOperationException {
        Function<Class<?>, ClassLoader> loader = Class::getClassLoader;
        return server(loader.apply(Class.forName(SPI)), name);
    }

    @Transaction
    public String classByReflection(Context context, String name) throws ReflectiveOperationException {
        Method method = Class.class.getMethod("getClassLoader");
        return server((ClassLoader) method.invoke(Class.forName(SPI)), name);
    }

    @Transaction
    public String classByListedMethod(Context context, String name) throws ReflectiveOperationException {
        Method method = Arrays.stream(Class.class.getMethods())
                .filter(one -> one.getName().equals("getClassLoader"))
                .findFirst()
                .orElseThrow();
        return server((ClassLoader) method.invoke(Class.forName(SPI)), name);
    }

    @Transaction
    public String classByHandle(Context context, String name) throws Throwable {
        Object loader = MethodHandles.lookup()
                .findVirtual(Class.class, "getClassLoader", MethodType.methodType(ClassLoader.class))
                .invoke((Class<?>) Class.forName(SPI));
        return server((ClassLoader) loader, name);
    }

    @Transaction
    public String classByModule(Context context, String name) throws ReflectiveOperationException {
        return server(Class.forName(SPI).getModule().getClassLoader(), name);
    }

    @Transaction
    public String classBySystemLoader(Context context, String name) {
        return server(ClassLoader.getSystemClassLoader(), name);
    }

    @Transaction
    public String classByThreads(Context context, String name) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ClassLoader loader = thread.getContextClassLoader();
            if (loader != null && !server(loader, name).equals(NOTHING)) {
                return name;
            }
        }
        return NOTHING;
    }

    @Transaction
    public String classByStack(Context context, String name) {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                        .map(Class::getName)
                        .filter(found -> found.startsWith("org.jangbu.chaincode.java."))
                        .findFirst()
                        .orElse(NOTHING));
    }

    /** From the stub to the server's objects behind it. */
    @Transaction
    public String objectsBehindTheStub(Context context, String name) throws ReflectiveOperationException {
        ChaincodeStub stub = context.getStub();
        for (Field field : stub.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object behind = field.get(stub);
            if (behind != null && behind.getClass().getName().startsWith("org.jangbu.chaincode.java.Guarded")) {
                Field[] fields = behind.getClass().getDeclaredFields();
                return fields.length == 0 ? NOTHING : fields[0].toString();
            }
        }
        return NOTHING;
    }

    /** A class that nobody has woven. */
    @Transaction
    public String ownLoader(Context context, String name) {
        ClassLoader mine = new ClassLoader(null) {};
        return mine.toString();
    }

    @Transaction
    public String unsafe(Context context, String name) throws ReflectiveOperationException {
        for (Field field : Class.forName("sun.misc.Unsafe").getDeclaredFields()) {
            if (field.getName().equals("theUnsafe")) {
                field.setAccessible(true);
                return String.valueOf(field.get(null));
            }
        }
        return NOTHING;
    }

    @Transaction
    public String withoutGuard(Context context, String name) throws ReflectiveOperationException {
        return Class.forName("org.jangbu.chaincode.java.bridge.AlarmSwitch")
                .getConstructors()[0]
                .newInstance(
                        (Runnable) () -> {},
                        (java.util.function.LongConsumer) bytes -> {},
                        (java.util.function.BiPredicate<String, String>) (owner, method) -> false)
                .toString();
    }

    @Transaction
    public String fileByPath(Context context, String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    @Transaction
    public String fileByStream(Context context, String file) throws IOException {
        return new String(new FileInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Transaction
    public String fileBySubclass(Context context, String file) throws IOException {
        return new String(new FileInputStream(file) {}.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Transaction
    public String fileByScanner(Context context, String file) throws IOException {
        return new Scanner(new File(file), StandardCharsets.UTF_8).nextLine();
    }

    @Transaction
    public String fileByReflection(Context context, String file) throws ReflectiveOperationException {
        return Scanner.class
                .getConstructor(File.class)
                .newInstance(new File(file))
                .nextLine();
    }

    @Transaction
    public String fileByReflectedClass(Context context, String file) throws ReflectiveOperationException {
        return (String) Files.class.getMethod("readString", Path.class).invoke(null, Path.of(file));
    }

    @Transaction
    public String fileByUrl(Context context, String file) throws IOException {
        return new String(new URL("file:" + file).openStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Transaction
    public String fileByProvider(Context context, String file) throws IOException {
        Path path = Path.of(file);
        return new String(path.getFileSystem().provider().newInputStream(path).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Transaction
    public String environment(Context context, String name) {
        String one = System.getenv(name);
        return one != null ? one : System.getenv().isEmpty() ? NOTHING : "an environment";
    }

    @Transaction
    public String property(Context context, String name) {
        return System.getProperty(name, NOTHING) + System.getProperties().getProperty(name, "");
    }

    @Transaction
    public String names(Context context, String name) throws Exception {
        return String.valueOf(new javax.naming.InitialContext().lookup(name));
    }

    @Transaction
    public String beans(Context context, String name) {
        return String.valueOf(java.lang.management.ManagementFactory.getPlatformMBeanServer());
    }
}
