package org.jangbu.web.ca;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jangbu.msp.ca.CaException;
import org.jspecify.annotations.Nullable;

/** Requests as a container would hand them in. */
final class Requests {
    private Requests() {}

    static CaRequest read(String method, String address, String body) throws CaException, IOException {
        return read(method, address, body.getBytes(StandardCharsets.UTF_8), "");
    }

    static CaRequest read(String method, String address, byte[] body, String authorization)
            throws CaException, IOException {
        return CaRequest.read(of(method, address, body, authorization, body.length));
    }

    /** @param length as the caller says; -1 for not at all */
    static HttpServletRequest of(String method, String address, byte[] body, String authorization, long length) {
        int question = address.indexOf('?');
        return (HttpServletRequest) Proxy.newProxyInstance(
                Requests.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getContextPath" -> "";
                    case "getRequestURI" -> question < 0 ? address : address.substring(0, question);
                    case "getQueryString" -> question < 0 ? null : address.substring(question + 1);
                    case "getHeader" -> authorization.isEmpty() ? null : authorization;
                    case "getContentLengthLong" -> length;
                    case "getInputStream" -> new Body(body);
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(@Nullable ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
