// What every page does when scripts run; all of it also works without.
"use strict";
(() => {
  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    // What another script has taken over isn't sent yet.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 4000);
    });
  });
  // Filters apply at once.
  document.addEventListener("change", event => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
    if (event.target.matches("select[data-goes]")) location.href = event.target.value;
  });
  // Printing, which needs a script.
  if (new URLSearchParams(location.search).get("print") === "all") addEventListener("load", () => window.print());
  document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; });
  document.addEventListener("click", event => { if (event.target.closest("[data-print]")) window.print(); });
  // What is folded is printed all the same.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("main details[data-prints]:not([open])").forEach(d => { d.open = true; d.dataset.folds = ""; });
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll("main details[data-folds]").forEach(d => { d.open = false; delete d.dataset.folds; });
  });
  // Menus close by Escape and by a click elsewhere.
  const close = except => document.querySelectorAll("details.menu-box[open]").forEach(d => { if (d !== except) d.open = false; });
  document.addEventListener("click", event => close(event.target.closest("details.menu-box")));
  document.addEventListener("keydown", event => { if (event.key === "Escape") close(null); });
})();
