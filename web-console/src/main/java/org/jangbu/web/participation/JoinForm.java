package org.jangbu.web.participation;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.hyperledger.fabric.protos.common.Block;

/** The form with which an orderer is told to join: one part, {@code config-block}. */
final class JoinForm {
    /** Most bytes of a block; a form is a little larger. */
    static final int LARGEST_BLOCK = 32 << 20;

    static final int LARGEST_FORM = LARGEST_BLOCK + (1 << 20);

    private static final String PART = "config-block";
    private static final String UNREADABLE = "cannot read form from request body";

    private JoinForm() {}

    static Block read(HttpServletRequest request) throws RefusedRequestException {
        String type = String.valueOf(request.getContentType());
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw bad("unsupported Content-Type: [" + type + "]");
        }
        if (request.getContentLengthLong() > LARGEST_FORM) {
            throw tooLarge();
        }
        Collection<Part> parts = parts(request);
        List<Part> blocks =
                parts.stream().filter(part -> part.getName().equals(PART)).toList();
        if (blocks.isEmpty()) {
            throw bad("form does not contains part key: " + PART);
        }
        if (parts.size() != 1) {
            throw bad("form contains too many parts");
        }
        try (InputStream content = blocks.get(0).getInputStream()) {
            return Block.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw bad("cannot unmarshal file part " + PART + " into a block");
        } catch (IOException e) {
            throw bad("cannot read file part " + PART + " from request body");
        }
    }

    private static Collection<Part> parts(HttpServletRequest request) throws RefusedRequestException {
        try {
            return request.getParts();
        } catch (IllegalStateException e) { // so the container says that a part, or all of them, are too large
            throw tooLarge();
        } catch (IOException | ServletException e) {
            throw bad(UNREADABLE);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException) { // so a container may hand on what it found wrong with the form
                throw bad(UNREADABLE);
            }
            throw e;
        }
    }

    private static RefusedRequestException tooLarge() {
        return new RefusedRequestException(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                UNREADABLE + ": at most " + LARGEST_BLOCK + " bytes are taken");
    }

    private static RefusedRequestException bad(String reason) {
        return new RefusedRequestException(HttpServletResponse.SC_BAD_REQUEST, reason);
    }
}
