package org.jangbu.chaincode.java;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves the guard into one method. */
final class MethodGuard extends MethodVisitor {
    private static final String GUARD = "org/jangbu/chaincode/java/bridge/Guard";
    private static final String SECURITY = "java/security/Security";

    /** What a check may have on the stack besides the method's own values. */
    private static final int OWN_STACK = 2;

    private final Set<Label> passed = new HashSet<>();

    MethodGuard(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        call("tick", "()V");
    }

    @Override
    public void visitLabel(Label label) {
        passed.add(label);
        super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
        tickIfBackwards(target);
        super.visitJumpInsn(opcode, target);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label fallback, Label... targets) {
        tickIfBackwards(fallback, targets);
        super.visitTableSwitchInsn(min, max, fallback, targets);
    }

    @Override
    public void visitLookupSwitchInsn(Label fallback, int[] keys, Label[] targets) {
        tickIfBackwards(fallback, targets);
        super.visitLookupSwitchInsn(fallback, keys, targets);
    }

    private void tickIfBackwards(Label first, Label... others) {
        boolean backwards = passed.contains(first);
        for (Label other : others) {
            backwards |= passed.contains(other);
        }
        if (backwards) {
            call("tick", "()V");
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            array(elementSize(operand));
        }
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.ANEWARRAY) {
            array(Integer.BYTES); // a compressed reference
        }
        super.visitTypeInsn(opcode, type);
    }

    private static int elementSize(int type) {
        return switch (type) {
            case Opcodes.T_LONG, Opcodes.T_DOUBLE -> Long.BYTES;
            case Opcodes.T_INT, Opcodes.T_FLOAT -> Integer.BYTES;
            case Opcodes.T_SHORT, Opcodes.T_CHAR -> Short.BYTES;
            default -> 1;
        };
    }

    private void array(int elementSize) {
        super.visitInsn(Opcodes.DUP);
        super.visitIntInsn(Opcodes.BIPUSH, elementSize);
        call("array", "(II)V");
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (opcode == Opcodes.INVOKESTATIC && owner.equals(SECURITY) && Refusals.isIgnored(name)) {
            call(name, descriptor);
            return;
        }
        if (opcode == Opcodes.INVOKEVIRTUAL && name.equals("start") && descriptor.equals("()V")) {
            super.visitInsn(Opcodes.DUP);
            call("starting", "(Ljava/lang/Object;)V");
        }
        @Nullable String replaced = Replacements.find(opcode, owner, name, descriptor);
        if (replaced != null) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Replacements.SIGHT, name, replaced, false);
            return;
        }
        refuse(owner, name, descriptor);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        Object[] woven = arguments.clone();
        for (int i = 0; i < woven.length; i++) {
            if (woven[i] instanceof Handle handle) {
                woven[i] = reference(handle);
            }
        }
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, woven);
    }

    /** A reference to a method is made where its calls cannot be seen, so it is refused, or replaced, at once. */
    private Handle reference(Handle handle) {
        refuse(handle.getOwner(), handle.getName(), handle.getDesc());
        int opcode = handle.getTag() == Opcodes.H_INVOKESTATIC ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL;
        @Nullable String replaced = Replacements.find(opcode, handle.getOwner(), handle.getName(), handle.getDesc());
        return replaced == null
                ? handle
                : new Handle(Opcodes.H_INVOKESTATIC, Replacements.SIGHT, handle.getName(), replaced, false);
    }

    private void refuse(String owner, String name, String descriptor) {
        @Nullable String refused = Refusals.find(owner, name, descriptor);
        if (refused != null) {
            super.visitLdcInsn(refused);
            call("refuse", "(Ljava/lang/String;)V");
        }
    }

    private void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, name, descriptor, false);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + OWN_STACK, maxLocals);
    }
}
