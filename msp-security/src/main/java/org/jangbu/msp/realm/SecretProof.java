package org.jangbu.msp.realm;

import org.jangbu.model.Quoted;

/** By what a managed identity proves who it is. */
sealed interface SecretProof {
    /** As text that no other proof has. */
    String format();

    /** A password of its own, of which the server keeps what is derived from it. */
    record OwnPassword(DerivedSecret derived) implements SecretProof {
        @Override
        public String format() {
            return derived.format();
        }
    }

    /**
     * A secret that an authority of this server knows; nothing of it is kept here.
     *
     * @param name of the authority
     */
    record AtAuthority(String name) implements SecretProof {
        public AtAuthority {
            if (name.isEmpty() || !name.equals(Quoted.brief(name))) {
                throw new IllegalArgumentException("not the name of an authority");
            }
        }

        @Override
        public String format() {
            return "authority:" + name;
        }
    }
}
