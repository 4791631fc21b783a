/**
 * What holds for every request, whichever face it goes to: headers, refusal of other sites' forms, error pages, health for load balancers.
 * Entry points: {@link org.jangbu.web.http.GuardFilter}, {@link org.jangbu.web.http.ErrorServlet}, {@link
 * org.jangbu.web.http.HealthServlet}.
 */
@NullMarked
package org.jangbu.web.http;

import org.jspecify.annotations.NullMarked;
