// What is wrong with any page of ours, as sentences: `(width) => [sentence]`.
width => {
  const wrong = [], phone = width < 600, all = (what, where = document) => [...where.querySelectorAll(what)];
  const shown = e => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true });
  const said = e => e.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  if (!document.documentElement.lang) wrong.push("no language");
  if (!document.title.trim()) wrong.push("no title");
  if (!document.querySelector("main#main")) wrong.push("no main");
  if (/\{\{|\bnil\b|Optional\(|\bundefined\b|\bNaN\b/.test(document.body.innerText)) wrong.push("raw program text");
  const seen = new Set();
  all("[id]").forEach(e => { if (seen.has(e.id)) wrong.push("id twice: " + e.id); seen.add(e.id); });

  // Headings: one first, no level left out.
  const heads = all("h1,h2,h3,h4,h5,h6").filter(shown);
  if (heads.filter(e => e.tagName === "H1").length !== 1) wrong.push(heads.filter(e => e.tagName === "H1").length + " first headings");
  heads.reduce((level, e) => {
    const own = Number(e.tagName[1]);
    if (own > level + 1) wrong.push(`heading ${own} after ${level}: ${e.textContent.trim().slice(0, 40)}`);
    if (!e.textContent.trim()) wrong.push("heading without words: " + said(e));
    return own;
  }, 0);

  // Names of whatever can be used.
  const named = e => [e.getAttribute("aria-label"),
    ...(e.getAttribute("aria-labelledby") || "").split(" ").map(i => i && document.getElementById(i) && document.getElementById(i).textContent),
    ...[...(e.labels || [])].map(l => l.textContent),
    ["A", "BUTTON", "SUMMARY"].includes(e.tagName) ? e.textContent + all("img", e).map(i => i.alt).join("") : "", e.title].some(t => t && t.trim());
  all("input:not([type=hidden]),select,textarea,button,summary,a[href]").forEach(e => {
    if (shown(e) && !(e instanceof SVGElement) && !named(e)) wrong.push("no name: " + said(e)); });
  all("img:not([alt])").forEach(e => wrong.push("picture without words: " + said(e)));
  all("svg:not([aria-hidden])").forEach(e => { if (!e.getAttribute("aria-label")) wrong.push("drawing without words: " + said(e)); });
  all("form[method=post]").forEach(e => { if (!e.querySelector("[name=csrf]") && !location.pathname.match(/^\/(sign-in|invitation)/)) wrong.push("form without its token: " + e.getAttribute("action")); });

  // Nothing is wider than the window; what scrolls by itself can be reached by the keyboard.
  if (document.documentElement.scrollWidth > width + 1) {
    const wide = all("body *").filter(e => shown(e) && e.getBoundingClientRect().right > width + 1).slice(0, 5);
    wrong.push("wider than the window: " + document.documentElement.scrollWidth + " " + wide.map(e => e.tagName + "." + (e.getAttribute("class") || "")).join(" "));
  }
  all("body *").filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.clientWidth > 0).forEach(e => {
    if (e.tagName !== "TEXTAREA" && e.tagName !== "INPUT" && e.tagName !== "SELECT" && e.tabIndex < 0 && !e.querySelector("a[href],button,input,select,textarea")) wrong.push("scrolls out of the keyboard's reach: " + said(e));
    // On a phone only matrices scroll, and say so.
    if (phone && !e.closest("[data-matrix],pre,code") && !e.querySelector(":scope > [data-matrix]")) wrong.push("scrolls sideways: " + e.tagName + "." + (e.getAttribute("class") || "") + " " + e.scrollWidth);
  });
  if (phone) all("main input:not([type=hidden]):not([type=checkbox]):not([type=radio]),main select,main textarea,main .btn").forEach(e => {
    const box = e.getBoundingClientRect();
    if (shown(e) && box.height < 43.5) wrong.push("lower than a finger: " + Math.round(box.height) + " " + said(e)); });
  else all("button,summary,.btn,select,main input:not([type=hidden]):not([type=checkbox]):not([type=radio])").forEach(e => {
    const box = e.getBoundingClientRect();
    // What neither eye, keyboard nor reader finds is no target: a form's first button, for Enter.
    const isNone = e.tabIndex < 0 && e.getAttribute("aria-hidden") === "true" && box.width <= 1;
    if (shown(e) && !isNone && box.height < 23.5) wrong.push("too low a target: " + Math.round(box.height) + " " + said(e)); });

  // Contrast, from what is computed: text over all that lies under it.
  const colour = text => {
    const at = text.match(/[\d.]+/g);
    if (!at || text === "none") return null;
    const scale = text.startsWith("color(") ? 255 : 1;
    return [at[0] * scale, at[1] * scale, at[2] * scale, at[3] === undefined ? 1 : Number(at[3])];
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = c => c.slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const grounds = new Map();
  const ground = e => {
    if (!e) return [255, 255, 255, 1];
    if (!grounds.has(e)) {
      const own = colour(getComputedStyle(e).backgroundColor) || [0, 0, 0, 0];
      grounds.set(e, own[3] === 1 ? own : over(own, ground(e.parentElement)));
    }
    return grounds.get(e);
  };
  // Under words of a drawing lie the shapes drawn before them.
  const drawn = (e, box) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const svg = e.closest("svg");
    let under = ground(svg.parentElement);
    for (const shape of all("rect,circle,path,text", svg)) {
      if (shape === e) break;
      if (shape.tagName === "text") continue;
      const at = shape.getBoundingClientRect(), fill = colour(getComputedStyle(shape).fill);
      if (fill && fill[3] > 0 && at.left <= x && at.right >= x && at.top <= y && at.bottom >= y && !getComputedStyle(shape).fill.includes("url")) under = over(fill, under);
    }
    return under;
  };
  const faint = new Set();
  const judge = (words, text, under, e, style) => {
    const size = parseFloat(style.fontSize), least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    let clear = 1;
    for (let up = e; up; up = up.parentElement) clear *= parseFloat(getComputedStyle(up).opacity);
    const found = ratio(over([text[0], text[1], text[2], text[3] * clear], under), under);
    if (found < least - 0.005) faint.add(`faint ${found.toFixed(2)}: ${words.trim().slice(0, 30)} (${e.tagName}.${e.getAttribute("class") || ""} ${style.color} on ${under.slice(0, 3).map(Math.round)})`);
    if (size < 11.9 && !(e instanceof SVGElement)) faint.add(`small ${size}: ${words.trim().slice(0, 30)} (${e.tagName}.${e.getAttribute("class") || ""})`);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest("script,style,noscript,option,optgroup,title,[aria-disabled=true],[disabled],.skip") || !shown(e)) continue;
    range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect(), style = getComputedStyle(e);
    if (box.width <= 1 || box.height <= 1 || e.getBoundingClientRect().width <= 1) continue;
    if (e instanceof SVGElement) { const fill = colour(style.fill); if (fill) judge(walk.currentNode.data, fill, drawn(e, box), e, style); }
    else judge(walk.currentNode.data, colour(style.color), ground(e), e, style);
  }
  all("input:not([type=hidden]):not([type=checkbox]):not([type=radio]),select,textarea").filter(e => shown(e) && !e.disabled).forEach(e => {
    judge(e.value || "value", colour(getComputedStyle(e).color), ground(e), e, getComputedStyle(e));
    if (e.placeholder) judge(e.placeholder, colour(getComputedStyle(e, "::placeholder").color), ground(e), e, getComputedStyle(e, "::placeholder"));
    // Its edge, where it has one.
    const style = getComputedStyle(e), edge = colour(style.borderTopColor);
    if (style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0 && edge[3] > 0 && ratio(over(edge, ground(e.parentElement)), ground(e.parentElement)) < 2.995) faint.add("faint edge: " + said(e));
  });
  return wrong.concat([...faint]);
}
