package org.jangbu.msp.crypto;

import java.util.Optional;

class BouncyCastleProviderTest extends CryptoProviderContract {
    @Override
    Optional<CryptoProvider> open() {
        return CryptoProviders.BOUNCYCASTLE.open();
    }
}
