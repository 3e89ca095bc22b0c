// The sheet saves itself. Every field is sent by itself as soon as it is left or stands still for a moment; until the
// server has said that it is stored, what was typed also stays in this browser.
"use strict";
(() => {
  const page = document.getElementById("page"), form = document.getElementById("item");
  if (!page || !form) return;
  document.documentElement.classList.add("js");
  const status = document.getElementById("status"), csrf = document.querySelector("meta[name=csrf]").content;
  // Of one person in one post: what somebody typed is never sent in the name of who signs in next.
  const key = "junheng:" + page.dataset.who + ":" + form.getAttribute("action");
  const waiting = new Map(Object.entries(JSON.parse(localStorage.getItem(key) || "{}")));
  // Held: others stored something else, or it was refused; it stays typed until somebody has settled it.
  waiting.forEach(entry => delete entry.held);
  const ready = () => [...waiting].filter(([, entry]) => !entry.held);
  const keep = () => waiting.size ? localStorage.setItem(key, JSON.stringify(Object.fromEntries(waiting))) : localStorage.removeItem(key);
  const say = (text, kind) => { status.textContent = text; status.className = "sm nw " + kind; };
  const clock = () => new Date().toTimeString().slice(0, 5);

  // The controls that make up one field: the same path, with or without what follows `#`.
  const fieldOf = name => name.startsWith("f:") ? name.split("#")[0] : name;
  const controls = field => [...form.elements].filter(e => e.name && fieldOf(e.name) === field);
  const versionOf = field => form.elements["v:" + field.replace(/^f:/, "")];
  const read = field => controls(field).filter(e => !["checkbox", "radio"].includes(e.type) || e.checked).map(e => [e.name, e.value]);
  const write = (field, pairs) => controls(field).forEach(e => {
    const found = pairs.filter(([name]) => name === e.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(e.type)) e.checked = found.includes(e.value); else if (found.length) e.value = found[0];
  });

  let sending = false, timer = null, tries = 0;
  const note = field => { waiting.set(field, { pairs: read(field), version: versionOf(field) ? versionOf(field).value : "0" }); keep(); };
  const later = ms => { clearTimeout(timer); timer = setTimeout(send, ms); };

  async function send() {
    if (sending || !ready().length) return;
    sending = true;
    say(page.dataset.saving, "is-saving");
    const batch = new Map(ready()), body = new URLSearchParams();
    for (const [field, { pairs, version }] of batch) {
      for (const [name, value] of pairs) body.append(name, value);
      body.append("v:" + field.replace(/^f:/, ""), version);
    }
    // Whoever enters a value corrects what was recorded: the choice may change with it, over the one that is seen here.
    if (versionOf("choice") && !batch.has("choice")) body.append("v:choice", versionOf("choice").value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-CSRF": csrf, "Accept": "application/json" }, keepalive: body.toString().length < 60000 });
      const said = await answer.json();
      if (answer.ok) {
        for (const [field, sent] of batch) if (JSON.stringify(waiting.get(field)) === JSON.stringify(sent)) waiting.delete(field);
        const open = show(said, new Set([...batch.keys()].map(field => field.replace(/^f:/, ""))));
        for (const field of open) { note(field); waiting.get(field).held = true; }
        if (waiting.size) say(page.dataset.conflict, "badc");
        tries = 0;
      } else {
        // Refused for good: keep what was typed, say why.
        say(said.detail || page.dataset.offline, "badc");
        if (answer.status === 401) signIn();
        if (answer.status < 500 && answer.status !== 429 && answer.status !== 401) { batch.forEach((_, field) => { if (waiting.has(field)) waiting.get(field).held = true; }); }
        else later(Math.min(30000, 1000 * 2 ** tries++));
      }
    } catch { say(page.dataset.offline, "badc"); later(Math.min(30000, 1000 * 2 ** tries++)); }
    keep();
    sending = false;
    if (ready().length && !tries) later(50);
  }

  // The session is over: what was typed waits here for the same person.
  const signIn = () => {
    const link = document.createElement("a");
    link.href = page.dataset.signin; link.target = "_blank"; link.rel = "noopener"; link.textContent = page.dataset.signinTitle;
    status.append(" ", link);
  };

  // Takes in what the server says without touching the field somebody is typing in.
  function show(said, sent) {
    // Only what this page has stored itself is seen by its reader: what others changed is still to be shown.
    for (const path of said.stored || []) {
      const field = path === "choice" || path === "remark" ? path : "f:" + path, input = versionOf(field), version = String(said.versions[path]);
      if (input) input.value = version;
      if (waiting.has(field)) waiting.get(field).version = version;
    }
    if (said.choice && versionOf("choice") && !waiting.has("choice")) {
      write("choice", [["choice", said.choice]]);
      versionOf("choice").value = said.versions.choice;
    }
    for (const name of ["tree", "result", "side"]) {
      const box = document.getElementById(name);
      if (box && said[name] !== undefined && !box.contains(document.activeElement)) {
        const list = box.querySelector(":scope > ul"), top = list && list.scrollTop;
        box.innerHTML = said[name];
        const anew = box.querySelector(":scope > ul"); if (anew && top) anew.scrollTop = top;
      }
    }
    // What is wrong is said at its field.
    form.querySelectorAll("[data-problems]").forEach(box => {
      const lines = (said.problems || {})[box.dataset.problems] || [];
      if ([...box.children].map(line => line.textContent).join("\n") === lines.join("\n")) return;
      box.replaceChildren(...lines.map(text => { const line = document.createElement("div"); line.textContent = text; return line; }));
    });
    // What is still to be settled stays until somebody has settled it.
    const conflicts = document.getElementById("conflicts"), fresh = document.createElement("div");
    fresh.innerHTML = said.conflicts || "";
    conflicts.querySelectorAll("[data-settle]").forEach(button => { if (sent.has(button.dataset.settle)) button.closest("[role=alert]").remove(); });
    const open = [...fresh.querySelectorAll("[data-settle]")].map(button => button.dataset.settle).map(path => path === "choice" || path === "remark" ? path : "f:" + path);
    conflicts.append(...fresh.children);
    const submit = document.getElementById("submit");
    if (submit && said.submit) submit.textContent = said.submit;
    if (said.saved) say(said.saved, "okc");
    return open;
  }

  form.addEventListener("input", event => {
    if (!event.target.name || event.target.name.startsWith("v:")) return;
    note(fieldOf(event.target.name));
    later(event.target.matches("textarea,input:not([type=radio]):not([type=checkbox])") ? 900 : 0);
  });
  form.addEventListener("change", () => later(0));
  // A button without an address of its own sends the form where it goes: what it says by itself is the page's.
  const isOwn = button => button && (!button.hasAttribute("formaction") || button.formAction === form.action);
  form.addEventListener("submit", event => { if (isOwn(event.submitter)) { event.preventDefault(); const next = event.submitter.value === "next" && form.elements.next; send().then(() => { if (next && !waiting.size) location.href = next.value; }); } }, true);
  // What the records say is taken over as it stands in the form.
  const accept = form.querySelector("[data-accept]");
  if (accept) accept.hidden = false;
  if (accept) accept.addEventListener("click", () => {
    form.querySelectorAll("[data-proposed]").forEach(row => { note("f:" + row.dataset.proposed); row.removeAttribute("data-proposed"); });
    accept.remove(); send();
  });
  addEventListener("online", () => { tries = 0; send(); });
  addEventListener("pagehide", () => send());
  addEventListener("beforeunload", event => { if (waiting.size && tries) event.preventDefault(); });

  document.addEventListener("click", event => {
    const settle = event.target.closest("[data-settle]");
    if (event.target.closest("[data-reload]")) {
      const field = event.target.closest("[role=alert]").querySelector("[data-settle]").dataset.settle;
      waiting.delete(field === "choice" || field === "remark" ? field : "f:" + field); keep();
      send().finally(() => location.reload());
    }
    if (!settle) return;
    const field = settle.dataset.settle, name = field === "choice" || field === "remark" ? field : "f:" + field;
    if (versionOf(name)) versionOf(name).value = settle.dataset.version;
    note(name); waiting.get(name).version = settle.dataset.version; keep(); send();
  });

  // Keyboard: Alt with arrows for the neighbours, Alt+1…3 for the choice.
  document.addEventListener("keydown", event => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const go = rel => { const link = document.querySelector(`a[rel=${rel}]`); if (link) { event.preventDefault(); send().finally(() => location.href = link.href); } };
    if (event.key === "ArrowLeft" || event.key === "PageUp") go("prev");
    if (event.key === "ArrowRight" || event.key === "PageDown") go("next");
    const choice = form.querySelectorAll("input[name=choice]")[Number(event.key) - 1];
    if (choice && !choice.disabled) { event.preventDefault(); choice.checked = true; choice.dispatchEvent(new Event("input", { bubbles: true })); }
  });

  // What a closed tab left behind comes back and is sent.
  if (waiting.size) { waiting.forEach(({ pairs }, field) => write(field, pairs)); say(page.dataset.offline, "warnc"); later(200); }

  // Who else is here, and what they changed meanwhile.
  async function presence() {
    if (document.hidden) return;
    try {
      const answer = await fetch(page.dataset.presence, { method: "POST", headers: { "X-CSRF": csrf, "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ item: page.dataset.item }) });
      if (!answer.ok) return;
      const { others } = await answer.json();
      document.getElementById("others").textContent = others.length ? page.dataset.open + others.join("；") : "";
      if (!others.length || sending || waiting.size) return;
      const now = await fetch(page.dataset.now, { headers: { "Accept": "application/json" } });
      if (!now.ok) return;
      const said = await now.json();
      const changed = Object.entries(said.versions).some(([path, version]) => { const input = versionOf(path === "choice" || path === "remark" ? path : "f:" + path); return input && input.value !== String(version); });
      if (changed && !form.contains(document.activeElement)) location.reload();
    } catch { /* Presence is a courtesy; saving says when the line is gone. */ }
  }
  presence();
  setInterval(presence, 15000);
})();
