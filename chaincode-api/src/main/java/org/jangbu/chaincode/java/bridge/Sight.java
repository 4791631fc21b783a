package org.jangbu.chaincode.java.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a contract sees of the process it runs in: its own package and the platform. Woven code calls these in place of the platform's methods
 * of the same names. The server's class loaders, the members of its classes, its environment and its settings are not there.
 */
public final class Sight {
    private static final @Nullable ClassLoader OWN = Sight.class.getClassLoader();
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private static volatile BiPredicate<String, String> refused = (owner, name) -> false;

    private Sight() {}

    /** @param newRefused whether a method, by the binary name of its class and its own, may not be had by reflection */
    static void install(BiPredicate<String, String> newRefused) {
        refused = newRefused;
    }

    // What leads to a class loader.

    public static @Nullable ClassLoader getClassLoader(Class<?> type) {
        ClassLoader real = type.getClassLoader();
        return isForeign(real) ? OWN : real;
    }

    public static @Nullable ClassLoader getContextClassLoader(Thread thread) {
        return OWN;
    }

    public static @Nullable ClassLoader getSystemClassLoader() {
        return OWN;
    }

    // What leads to the members of a class.

    public static Method getMethod(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        require(type, name);
        return type.getMethod(name, parameters);
    }

    public static Method getDeclaredMethod(Class<?> type, String name, Class<?>... parameters)
            throws NoSuchMethodException {
        require(type, name);
        return type.getDeclaredMethod(name, parameters);
    }

    public static Method[] getMethods(Class<?> type) {
        return visible(type, type.getMethods());
    }

    public static Method[] getDeclaredMethods(Class<?> type) {
        return visible(type, type.getDeclaredMethods());
    }

    public static <T> Constructor<T> getConstructor(Class<T> type, Class<?>... parameters)
            throws NoSuchMethodException {
        require(type, INIT);
        return type.getConstructor(parameters);
    }

    public static <T> Constructor<T> getDeclaredConstructor(Class<T> type, Class<?>... parameters)
            throws NoSuchMethodException {
        require(type, INIT);
        return type.getDeclaredConstructor(parameters);
    }

    public static Constructor<?>[] getConstructors(Class<?> type) {
        return visible(type, type.getConstructors());
    }

    public static Constructor<?>[] getDeclaredConstructors(Class<?> type) {
        return visible(type, type.getDeclaredConstructors());
    }

    public static Field getField(Class<?> type, String name) throws NoSuchFieldException {
        require(type, name);
        return type.getField(name);
    }

    public static Field getDeclaredField(Class<?> type, String name) throws NoSuchFieldException {
        require(type, name);
        return type.getDeclaredField(name);
    }

    public static Field[] getFields(Class<?> type) {
        return hasNoFields(type) ? new Field[0] : type.getFields();
    }

    public static Field[] getDeclaredFields(Class<?> type) {
        return hasNoFields(type) ? new Field[0] : type.getDeclaredFields();
    }

    @SuppressWarnings({"deprecation", "ClassNewInstance"}) // what the contract calls
    public static Object newInstance(Class<?> type) throws ReflectiveOperationException {
        require(type, INIT);
        return type.newInstance();
    }

    public static MethodHandle findVirtual(MethodHandles.Lookup lookup, Class<?> type, String name, MethodType as)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findVirtual(type, name, as);
    }

    public static MethodHandle findStatic(MethodHandles.Lookup lookup, Class<?> type, String name, MethodType as)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findStatic(type, name, as);
    }

    public static MethodHandle findSpecial(
            MethodHandles.Lookup lookup, Class<?> type, String name, MethodType as, Class<?> caller)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findSpecial(type, name, as, caller);
    }

    public static MethodHandle findConstructor(MethodHandles.Lookup lookup, Class<?> type, MethodType as)
            throws ReflectiveOperationException {
        require(type, INIT);
        return lookup.findConstructor(type, as);
    }

    public static MethodHandle findGetter(MethodHandles.Lookup lookup, Class<?> type, String name, Class<?> of)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findGetter(type, name, of);
    }

    public static MethodHandle findStaticGetter(MethodHandles.Lookup lookup, Class<?> type, String name, Class<?> of)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findStaticGetter(type, name, of);
    }

    public static VarHandle findVarHandle(MethodHandles.Lookup lookup, Class<?> type, String name, Class<?> of)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findVarHandle(type, name, of);
    }

    public static VarHandle findStaticVarHandle(MethodHandles.Lookup lookup, Class<?> type, String name, Class<?> of)
            throws ReflectiveOperationException {
        require(type, name);
        return lookup.findStaticVarHandle(type, name, of);
    }

    public static MethodHandle bind(MethodHandles.Lookup lookup, Object target, String name, MethodType as)
            throws ReflectiveOperationException {
        require(target.getClass(), name);
        return lookup.bind(target, name, as);
    }

    public static MethodHandles.Lookup privateLookupIn(Class<?> type, MethodHandles.Lookup lookup)
            throws IllegalAccessException {
        require(type, INIT);
        return MethodHandles.privateLookupIn(type, lookup);
    }

    // What leads to files and to the network.

    public static InputStream openStream(URL url) throws IOException {
        requireOwn(url);
        return url.openStream();
    }

    public static URLConnection openConnection(URL url) throws IOException {
        requireOwn(url);
        return url.openConnection();
    }

    public static URLConnection openConnection(URL url, Proxy proxy) throws IOException {
        requireOwn(url);
        return url.openConnection(proxy);
    }

    public static Object getContent(URL url) throws IOException {
        requireOwn(url);
        return url.getContent();
    }

    public static @Nullable Object getContent(URL url, Class<?>[] classes) throws IOException {
        requireOwn(url);
        return url.getContent(classes);
    }

    /** Something in the package, as its class loader finds it, or in the platform. */
    private static void requireOwn(URL url) {
        String place = url.toString();
        boolean own = OWN instanceof URLClassLoader loader
                && Arrays.stream(loader.getURLs()).map(URL::toString).anyMatch(from -> isWithin(place, from));
        if (!own && !url.getProtocol().equals("jrt")) {
            Guard.refuse("URL.openStream of " + url.getProtocol());
        }
    }

    private static boolean isWithin(String place, String from) {
        return !place.contains("/../") && (place.startsWith(from) || place.startsWith("jar:" + from + "!/"));
    }

    // What the server was started with.

    /** Nothing is set: secrets are, and endorsers would differ by the rest. */
    public static @Nullable String getenv(String name) {
        return null;
    }

    public static Map<String, String> getenv() {
        return Map.of();
    }

    public static @Nullable String getProperty(String key) {
        return isHidden(key) ? null : System.getProperty(key);
    }

    public static @Nullable String getProperty(String key, @Nullable String otherwise) {
        return isHidden(key) ? otherwise : System.getProperty(key, otherwise);
    }

    /** A copy. */
    public static Properties getProperties() {
        Properties shown = new Properties();
        System.getProperties().forEach((key, value) -> {
            if (!isHidden(String.valueOf(key))) {
                shown.put(key, value);
            }
        });
        return shown;
    }

    private static final String INIT = "<init>";

    private static boolean isHidden(String key) {
        return key.startsWith("jangbu.")
                || key.startsWith("jboss.")
                || key.startsWith("wildfly.")
                || key.equals("sun.java.command");
    }

    private static boolean isForeign(@Nullable ClassLoader loader) {
        return loader != null && loader != OWN && loader != PLATFORM;
    }

    private static boolean hasNoFields(Class<?> type) {
        return isForeign(type.getClassLoader()) || refused.test(type.getName(), "");
    }

    private static void require(Class<?> type, String name) {
        if (isForeign(type.getClassLoader())) {
            Guard.refuse("members of " + type.getName());
        }
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            if (refused.test(owner.getName(), name)) {
                Guard.refuse(owner.getSimpleName() + "." + name + " by reflection");
            }
        }
    }

    private static <E extends Executable> E[] visible(Class<?> type, E[] all) {
        if (isForeign(type.getClassLoader())) {
            return Arrays.copyOf(all, 0);
        }
        int kept = 0;
        for (E one : all) {
            String name = one instanceof Method ? one.getName() : INIT;
            if (!refused.test(one.getDeclaringClass().getName(), name)) {
                all[kept++] = one;
            }
        }
        return Arrays.copyOf(all, kept);
    }
}
