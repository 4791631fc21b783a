/** Contracts that tests run, in the server and as services. */
package org.jangbu.testcontracts;
