package org.jangbu.msp.crypto;

import java.util.Optional;

class JdkProviderTest extends CryptoProviderContract {
    @Override
    Optional<CryptoProvider> open() {
        return CryptoProviders.JDK.open();
    }
}
