// Whether whatever has the focus is seen to have it: `() => [sentence]`. The tab key was pressed before.
() => {
  const wrong = [], shown = e => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true });
  const look = e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor].join(" "); };
  const reach = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']")]
    .filter(e => shown(e) && !e.disabled && e.tabIndex >= 0);
  const was = document.activeElement;
  was.blur();
  for (const e of reach) {
    const before = look(e);
    e.focus({ preventScroll: true });
    if (document.activeElement !== e) { wrong.push("takes no focus: " + e.outerHTML.slice(0, 120)); continue; }
    const style = getComputedStyle(e);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (look(e) === before || !ring) wrong.push("focus unseen: " + e.outerHTML.replace(/\s+/g, " ").slice(0, 140));
    e.blur();
  }
  return [...new Set(wrong)].slice(0, 12);
}
