package org.jangbu.web.grpc;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;

/** Failures as gRPC carries them: a status, words, and one {@code gateway.ErrorDetail} for each node that had something to say. */
final class GrpcFailure {
    /** Clients accept 8 KiB of trailers; the words stand there twice, once in Base64. */
    private static final int LONGEST_WORDS = 1_000;

    private static final int MOST_DETAIL_BYTES = 3_000;

    private GrpcFailure() {}

    static StatusRuntimeException of(Status.Code code, String message) {
        return of(code, message, List.of());
    }

    static StatusRuntimeException of(Status.Code code, String message, List<ErrorDetail> details) {
        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(cut(message));
        int bytes = 0;
        for (ErrorDetail detail : details) {
            Any packed = Any.pack(detail);
            bytes += packed.getSerializedSize();
            if (bytes <= MOST_DETAIL_BYTES) {
                status.addDetails(packed);
            }
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    static ErrorDetail detail(String address, String mspId, String message) {
        return ErrorDetail.newBuilder()
                .setAddress(address)
                .setMspId(mspId)
                .setMessage(cut(message))
                .build();
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
