/* What the office's pages do in the browser. Everything also works without it, only less kindly. */
"use strict";

const each = (selector, act, within = document) => within.querySelectorAll(selector).forEach(act);
const on = (name, act, options) => document.addEventListener(name, act, options);
const say = (name) => document.body.dataset[name];

/* --- Search: "/" leads there, arrows walk through what was found, Escape closes it -------------------------------------- */
const searchBox = document.getElementById("search");

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

function walkFound(event) {
  const links = [...document.querySelectorAll("#found a")];
  const at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  if (!links.length || !event.target.closest(".search")) return;
  event.preventDefault();
  (links[at] || searchBox).focus();
}

on("keydown", (event) => {
  if (event.key === "/" && searchBox && !isTyping(event.target)) { event.preventDefault(); searchBox.focus(); searchBox.select(); }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walkFound(event);
  if (event.key === "Escape") closeFound();
});
function closeFound() {
  const found = document.getElementById("found");
  if (found) found.replaceChildren();
}
on("click", (event) => { if (!event.target.closest(".search")) closeFound(); });

/* --- Menus: one open at a time, closed by Escape or a click elsewhere ------------------------------------------------------ */
function closeMenus(except) {
  each("details.menu[open]", (menu) => { if (menu !== except) menu.open = false; });
}
on("click", (event) => closeMenus(event.target.closest("details.menu")));
on("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });

/* --- Questions before an act: <form data-confirm="…"> or <button data-confirm="…"> -------------------------------------------- */
function ask(sentence, whenYes) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-label", sentence);
  const text = document.createElement("p");
  text.textContent = sentence;
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  const yes = button("btn btn-primary", say("yes"), () => { dialog.close(); whenYes(); });
  const no = button("btn", say("no"), () => dialog.close());
  buttons.append(yes, no);
  dialog.append(text, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function button(className, text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className, textContent: text, onclick: act });
  return made;
}

on("submit", (event) => {
  const form = event.target, by = event.submitter;
  const sentence = by?.dataset.confirm || form.dataset.confirm;
  if (!sentence || form.dataset.confirmed) { delete form.dataset.confirmed; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(sentence, () => { form.dataset.confirmed = "yes"; form.requestSubmit(by); });
}, true);

/* --- One press, one act: a form that is on its way cannot be sent again --------------------------------------------------------- */
const AGAIN_AFTER = 15000; // a download leaves the page standing

function release(form) {
  delete form.dataset.sent;
  each("[aria-busy]", (busy) => busy.removeAttribute("aria-busy"), form);
}

on("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, AGAIN_AFTER, form);
});
window.addEventListener("pageshow", () => each("form[data-sent]", release));

/* --- What was typed is not lost by leaving ------------------------------------------------------------------------------------------ */
let unsaved = false;
const isKept = (form) => form && form.method === "post" && form.closest("main") && !("free" in form.dataset);

on("input", (event) => { if (isKept(event.target.form)) unsaved = true; });
on("submit", (event) => { if (!event.defaultPrevented) unsaved = false; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

/* --- Enter leads to the next field; from the last one, to the button --------------------------------------------------------------------- */
function nextField(field) {
  const fields = [...field.form.elements].filter((e) => e.offsetParent && !e.disabled && !e.readOnly && e.type !== "hidden" && e.tagName !== "FIELDSET");
  return fields[fields.indexOf(field) + 1];
}

on("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.form || field.form.dataset.enter === "submit") return;
  if (!isKept(field.form) || !field.matches("input:not([type=submit], [type=button], [type=file]), select")) return;
  const next = nextField(field);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/* --- Filters answer at once: <form data-autosubmit> ----------------------------------------------------------------------------------------- */
on("change", (event) => { if (event.target.form && "autosubmit" in event.target.form.dataset) event.target.form.requestSubmit(); });

/* --- Amounts: 万元 and Chinese words beside what is typed -------------------------------------------------------------------------------------- */
function said(input) {
  const next = input.nextElementSibling;
  if (next?.matches(".said")) return next;
  const made = document.createElement("output");
  made.className = "said";
  input.after(made);
  return made;
}

const TEN_THOUSAND = 1000000n; // yuan, in fen

function sayAmount(input) {
  const amount = Amount.fen(input.value);
  const wan = amount === null || amount < TEN_THOUSAND ? "" : `${Amount.wan(amount)} ${say("wan")}`;
  const words = amount === null || document.documentElement.lang !== "zh-CN" ? "" : Amount.inWords(amount);
  said(input).textContent = [wan, words].filter(Boolean).join(" · ");
}

on("input", (event) => { if (event.target.matches("[data-yuan]")) sayAmount(event.target); });
on("focusout", (event) => {
  const amount = event.target.matches("[data-yuan]") ? Amount.fen(event.target.value) : null;
  if (amount !== null) event.target.value = Amount.plain(amount);
});

/* --- Days: typed as 2012-01-04, or picked from the browser's calendar ------------------------------------------------------------------------------ */
function addCalendar(input) {
  if (input.disabled || !("showPicker" in HTMLInputElement.prototype)) return;
  const wrap = Object.assign(document.createElement("span"), { className: "day-field" });
  const picker = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  picker.setAttribute("aria-hidden", "true");
  const press = button("calendar", "", () => { picker.value = input.value; picker.showPicker(); });
  press.setAttribute("aria-label", say("calendar"));
  picker.addEventListener("change", () => {
    input.value = picker.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  input.replaceWith(wrap);
  wrap.append(input, picker, press);
}

function plainDay(text) {
  const match = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?$/.exec(text.normalize("NFKC").replace(/\s/g, ""));
  return match ? `${match[1]}-${match[2].padStart(2, "0")}-${match[3].padStart(2, "0")}` : text;
}
on("focusout", (event) => { if (event.target.matches("[data-day]")) event.target.value = plainDay(event.target.value); });

/* --- Files: the browser's own field speaks the browser's language; ours speaks the page's -------------------------------------------------------- */
function nameFile(input) {
  const wrap = Object.assign(document.createElement("div"), { className: "file-field" });
  const name = Object.assign(document.createElement("span"), { className: "name", textContent: say("noFile") });
  input.replaceWith(wrap);
  wrap.append(input, button("btn", say("file"), () => input.click()), name);
  input.addEventListener("change", () => { name.textContent = [...input.files].map((file) => file.name).join(", ") || say("noFile"); });
}

/* --- Charts: the library is fetched only by pages that have one ----------------------------------------------------------------------------------- */
const fetched = {};

function fetchScript(address) {
  fetched[address] ||= new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }));
  });
  return fetched[address];
}

async function draw(figure) {
  for (const name of ["vega", "vegaLite", "vegaEmbed"]) await fetchScript(figure.dataset[name]);
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  // `ast` reads expressions instead of evaluating them: our content security policy forbids eval.
  const type = { font: getComputedStyle(document.body).fontFamily, axis: { labelFontSize: 13, titleFontSize: 13, titleFontWeight: 400 }, legend: { labelFontSize: 13, titleFontSize: 13 } };
  await window.vegaEmbed(figure.querySelector(".chart-view"), spec, { actions: false, ast: true, renderer: "svg", config: type });
  figure.dataset.drawn = "yes";
}

/* --- When a part of the page could not be fetched, say so -------------------------------------------------------------------------------------------- */
function failed() {
  if (document.getElementById("failed")) return;
  const note = Object.assign(document.createElement("div"), { id: "failed", className: "note bad", textContent: say("failed") });
  note.setAttribute("role", "alert");
  document.getElementById("main").prepend(note);
}
on("htmx:responseError", failed);
on("htmx:sendError", failed);
on("htmx:afterOnLoad", () => document.getElementById("failed")?.remove());

/* --- A wide table says while there is more of it to the right ------------------------------------------------------------------------------------------ */
const sayMore = (box) => box.classList.toggle("more-right", box.scrollWidth - box.clientWidth - box.scrollLeft > 8);
const widths = new ResizeObserver((seen) => seen.forEach((one) => sayMore(one.target)));

function watchWidth(box) {
  box.onscroll = () => sayMore(box);
  widths.observe(box);
}

/* --- What new content needs, at first and after every swap; twice does no harm -------------------------------------------------------------------------------------------------- */
function dress(part) {
  each("form", (form) => { form.noValidate = true; }, part); // errors come from the office, in the reader's language
  each("[data-yuan]", sayAmount, part);
  each("[data-day]:not(.day-field *)", addCalendar, part);
  each("input[type=file]:not(.file-field *)", nameFile, part);
  each("figure[data-chart]:not([data-drawn])", draw, part);
  each(".wide", watchWidth, part);
  each("[data-print]", (press) => { press.onclick = () => window.print(); }, part);
}
on("htmx:load", (event) => dress(event.detail.elt));
dress(document);
document.querySelector("[data-errors]")?.focus();
each(".office-nav nav", (bar) => { bar.scrollLeft = (bar.querySelector(".active")?.offsetLeft || 0) - 40; });
each(".path", (path) => { path.scrollLeft = (path.querySelector("[aria-current]")?.offsetLeft || 0) - path.clientWidth / 2; });
