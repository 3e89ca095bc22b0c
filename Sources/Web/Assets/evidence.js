// Adds evidence by choosing or dropping files: each is sent as it is, with its progress. Without scripts the form does it.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const meta = document.querySelector("meta[name=csrf]");
  if (!meta) return;
  const most = 2;
  const queue = [];
  let running = 0, box = null, list = null, failed = 0, sent = 0;

  // What is under way stands in a box of its own: the page around it may be exchanged meanwhile.
  function line(name) {
    if (!box) {
      box = document.createElement("section");
      box.className = "uploads";
      box.innerHTML = '<header><h2></h2><button type="button" class="btn btn-sm"></button></header><ul class="ev" aria-live="polite"></ul>';
      box.querySelector("h2").textContent = text("title");
      const close = box.querySelector("button");
      close.textContent = text("close");
      close.addEventListener("click", () => { if (!running && !queue.length) finish(); });
      list = box.querySelector("ul");
      document.body.append(box);
    }
    const item = document.createElement("li"), title = document.createElement("div"), bar = document.createElement("progress"), said = document.createElement("div");
    title.textContent = name; bar.max = 1; bar.value = 0; said.className = "xs mut";
    bar.setAttribute("aria-label", name);
    item.append(title, bar, said);
    list.append(item);
    return { bar, say: (words, kind) => { said.textContent = words; said.className = "xs " + kind; } };
  }

  const form = () => document.querySelector("form[data-evidence]");
  const text = key => (document.getElementById("evidence-words") || { dataset: {} }).dataset[key] || "";

  function add(files) {
    const source = form();
    if (!source) return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(source)) if (typeof value === "string" && value && !["csrf", "back"].includes(name)) query.append(name, value);
    if (files.length > 1) query.delete("title");
    for (const file of files) {
      const own = new URLSearchParams(query);
      own.set("name", file.name);
      queue.push({ file, address: source.dataset.evidence + "?" + own.toString().replace(/\+/g, "%20"), shown: line(file.name) });
    }
    next();
  }

  function next() {
    while (running < most && queue.length) send(queue.shift());
    if (!running && !queue.length && sent && !failed) finish();
  }

  function send({ file, address, shown }) {
    running++;
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.setRequestHeader("X-CSRF", meta.content);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = event => { if (event.lengthComputable) shown.bar.value = event.loaded / event.total; };
    const end = (words, kind) => {
      running--;
      shown.say(words, kind);
      if (kind === "badc") { failed++; shown.bar.remove(); } else { sent++; shown.bar.value = 1; }
      next();
    };
    request.onload = () => {
      let said = {};
      try { said = JSON.parse(request.responseText); } catch { /* A proxy's page says nothing we could show. */ }
      if (request.status >= 200 && request.status < 300) end(said.said || "", "okc");
      else end(said.detail || text("failed"), "badc");
    };
    request.onerror = () => end(text("failed"), "badc");
    request.send(file);
  }

  // The page shows what was added; a sheet exchanges only its panel, so that nothing typed is lost.
  async function finish() {
    const panel = document.getElementById("evidence-panel"), page = document.getElementById("page");
    if (!sent) { box.remove(); box = null; failed = 0; return; }
    if (!panel || !page || !page.dataset.now) { location.reload(); return; }
    try {
      const answer = await fetch(page.dataset.now, { headers: { Accept: "application/json" } });
      const said = await answer.json(), anew = document.createElement("div");
      anew.innerHTML = said.side;
      const found = anew.querySelector("#evidence-panel");
      if (found) panel.replaceWith(found);
    } catch { /* It shows at the next change. */ }
    box.remove(); box = null; sent = 0; failed = 0;
  }

  document.addEventListener("change", event => {
    const input = event.target;
    if (!input.matches("form[data-evidence] input[type=file]") || !input.files.length) return;
    add([...input.files]);
    input.value = "";
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-evidence-place]"), source = form();
    if (link && source) { source.elements.place.value = link.dataset.evidencePlace; source.elements.file.focus(); }
  });
  const target = event => event.dataTransfer && [...event.dataTransfer.types].includes("Files") && form() ? event.target.closest("[data-evidence-drop]") || document.querySelector("[data-evidence-drop]") : null;
  document.addEventListener("dragover", event => { const drop = target(event); if (drop) { event.preventDefault(); drop.classList.add("dropping"); } });
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) document.querySelectorAll(".dropping").forEach(e => e.classList.remove("dropping")); });
  document.addEventListener("drop", event => {
    const drop = target(event);
    document.querySelectorAll(".dropping").forEach(e => e.classList.remove("dropping"));
    if (drop) { event.preventDefault(); add([...event.dataTransfer.files]); }
  });
  addEventListener("beforeunload", event => { if (running || queue.length) event.preventDefault(); });
})();
