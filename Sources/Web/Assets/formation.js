// A case saves itself while it is written; limits, steps and what is lacking follow. Without scripts the button does it.
"use strict";
(() => {
  const form = document.querySelector("form[data-autosave]");
  const said = document.getElementById("saved");
  if (!form || !said) return;
  let timer = 0, running = false, again = false;
  const say = (text, kind) => { said.textContent = text; said.className = kind; };
  const clock = () => new Date().toTimeString().slice(0, 8);

  async function save() {
    if (running) { again = true; return; }
    running = true;
    say(form.dataset.saving, "mut");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const seen = page.querySelector("form[data-autosave] input[name=seen]");
      if (answer.ok && seen) {
        document.querySelectorAll("input[name=seen]").forEach(field => { field.value = seen.value; });
        for (const id of ["limits", "steps", "way", "submit"]) {
          const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
          if (old && fresh) old.replaceWith(document.adoptNode(fresh));
        }
        say(`${form.dataset.saved} ${clock()}`, "okc");
      } else {
        const why = [...page.querySelectorAll("[role=alert] li")].map(line => line.textContent).join(" ");
        say(why || form.dataset.unsaved, "badc");
      }
    } catch { say(form.dataset.unsaved, "badc"); }
    running = false;
    if (again) { again = false; save(); }
  }
  const later = () => { clearTimeout(timer); timer = setTimeout(save, 1200); };
  form.addEventListener("input", later);
  form.addEventListener("change", () => { clearTimeout(timer); save(); });
})();
