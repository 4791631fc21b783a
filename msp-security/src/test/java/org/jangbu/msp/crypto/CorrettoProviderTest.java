package org.jangbu.msp.crypto;

import java.util.Optional;

class CorrettoProviderTest extends CryptoProviderContract {
    @Override
    Optional<CryptoProvider> open() {
        return CryptoProviders.CORRETTO.open();
    }
}
