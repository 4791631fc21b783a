package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Takes a message as it is, or in JSON as {@code {"message": "<Base64>"}}. */
@Provider
@ApplicationScoped
@Consumes({MediaType.APPLICATION_OCTET_STREAM, Media.PROTOBUF, MediaType.APPLICATION_JSON})
public class MessageBytesReader implements MessageBodyReader<MessageBytes> {
    @Inject
    Limits limits;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == MessageBytes.class;
    }

    @Override
    public MessageBytes readFrom(
            Class<MessageBytes> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return mediaType.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                ? fromJson(BoundedBody.read(body, limits.messageJsonBytes()))
                : new MessageBytes(ByteString.copyFrom(BoundedBody.read(body, limits.messageBytes())));
    }

    static MessageBytes fromJson(byte[] body) {
        List<ByteString> messages = new ArrayList<>(1);
        StrictJson.object(body, (name, json) -> name.equals("message") && messages.add(json.base64("message")));
        if (messages.isEmpty()) {
            throw StrictJson.missing("message");
        }
        return new MessageBytes(messages.get(0));
    }
}
