// Copies a hash where its button is pressed; and stops the clock of pages that nobody looks at.
(function () {
  "use strict";

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text);
    }
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "offscreen";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button.copy");
    if (!button) {
      return;
    }
    copy(button.dataset.copy).then(function () {
      var label = button.getAttribute("aria-label");
      button.classList.add("done");
      button.setAttribute("aria-label", button.dataset.copied);
      setTimeout(function () {
        button.classList.remove("done");
        button.setAttribute("aria-label", label);
      }, 1500);
    });
  });

  document.addEventListener("visibilitychange", function () {
    if (!window.PrimeFaces) {
      return;
    }
    Object.values(PrimeFaces.widgets).forEach(function (widget) {
      if (typeof widget.stop === "function" && typeof widget.start === "function") {
        if (document.hidden) {
          widget.stop();
        } else {
          widget.start();
        }
      }
    });
  });
})();
