package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jangbu.web.json.ProblemJson;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** What the codes of problems mean; their {@code type} leads here. Open to everybody. */
@Path("problems")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Problems")
public class ProblemsResource {
    /** One code. */
    public record Description(String type, String code, int status, String title, String remedy) {
        static Description of(ProblemCode code) {
            return new Description(ProblemJson.type(code), code.text(), code.status(), code.title(), code.remedy());
        }
    }

    /** All codes. */
    public record Descriptions(List<Description> problems) {}

    @GET
    @Operation(summary = "All error codes", operationId = "problems")
    public Descriptions all() {
        return new Descriptions(
                Arrays.stream(ProblemCode.values()).map(Description::of).toList());
    }

    @GET
    @Path("{code}")
    @Operation(summary = "One error code", operationId = "problem")
    public Description one(@PathParam("code") String code) {
        return Description.of(ProblemCode.of(code)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND, "no such code")
                        .withValue(code)
                        .exception()));
    }
}
