package org.jangbu.web.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.annotation.FacesConfig;

/** Turns Faces on for this application. */
@FacesConfig
@ApplicationScoped
public class FacesSetup {}
