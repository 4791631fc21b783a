package org.jangbu.chaincode.java;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves the guard into a class: a tick at each method entry and before each jump backwards, a look at the size of each new array, and a refusal in
 * front of each call in {@link Refusals}. Only calls are added, no jumps, so stack frames stay as they were.
 */
final class GuardWeaver {
    private GuardWeaver() {}

    /** The woven class. A method that would grow beyond what a class file allows (generated tables do) stays as it is. */
    static byte[] weave(byte[] original) {
        Set<String> spared = new HashSet<>();
        while (true) {
            try {
                ClassReader reader = new ClassReader(original);
                ClassWriter writer = new ClassWriter(reader, 0);
                reader.accept(new Weaver(writer, spared), 0);
                return writer.toByteArray();
            } catch (MethodTooLargeException e) {
                if (!spared.add(e.getMethodName() + e.getDescriptor())) {
                    throw e;
                }
            } catch (RuntimeException e) { // what ASM throws at bytes that are no class
                ClassFormatError malformed = new ClassFormatError("the class file cannot be read: " + e);
                malformed.initCause(e);
                throw malformed;
            }
        }
    }

    private static final class Weaver extends ClassVisitor {
        private final Set<String> spared;

        Weaver(ClassVisitor next, Set<String> spared) {
            super(Opcodes.ASM9, next);
            this.spared = spared;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return next == null || spared.contains(name + descriptor) ? next : new MethodGuard(next);
        }
    }
}
