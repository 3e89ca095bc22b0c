// A case saves itself while it is written; limits, steps and what is lacking follow. Without scripts the button does it.
"use strict";
(() => {
  const form = document.querySelector("form[data-autosave]");
  const said = document.getElementById("saved");
  if (!form || !said) return;
  let timer = 0, dirty = false, saving = null, held = false, passing = false;
  const say = (text, kind) => { said.textContent = text; said.className = kind; };
  const clock = () => new Date().toTimeString().slice(0, 8);

  async function store() {
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
        return true;
      }
      const why = [...page.querySelectorAll("[role=alert] li")].map(line => line.textContent).join(" ");
      say(why || form.dataset.unsaved, "badc");
    } catch { say(form.dataset.unsaved, "badc"); }
    return false;
  }

  // One after the other, each with the version that the one before it made.
  function save() {
    clearTimeout(timer);
    saving ||= (async () => {
      do {
        dirty = false;
        if (!await store()) { dirty = true; break; }
      } while (dirty);
      saving = null;
    })();
    return saving;
  }

  // A field is left by the very click on a button: a moment's wait, or what the save says moves the button away under it.
  const later = wait => { dirty = true; clearTimeout(timer); timer = setTimeout(save, wait); };
  form.addEventListener("input", () => later(1200));
  form.addEventListener("change", () => later(300));

  // The button clicked after a field must not come second with the version of before. Other forms of the page take
  // along what was typed. Before anybody else hears of it: what waits here isn't sent yet.
  const hold = event => { event.preventDefault(); event.stopImmediatePropagation(); };
  document.addEventListener("submit", async event => {
    if (passing) { passing = false; return; }
    if (held) return hold(event);
    const target = event.target, button = event.submitter;
    clearTimeout(timer);
    if (!saving && (target === form || !dirty)) return;
    hold(event);
    held = true;
    await (saving || save());
    held = false;
    // What the save has drawn anew stands in another form of the same action.
    const there = target.isConnected ? target : [...document.forms].find(other => other.action === target.action);
    if (!there) return;
    passing = true;
    there.requestSubmit(button && button.isConnected ? button : undefined);
    passing = false;
  }, true);
})();
