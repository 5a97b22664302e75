/* Reporting repayments row by row: once a row is booked, the next one's serial number waits; a refused row keeps the eye. */
"use strict";

document.addEventListener("htmx:load", (event) => {
  const row = event.detail.elt;
  if (!row.matches || !row.matches("tr[data-booked], tr[data-wrong]")) return;
  let next = row;
  if (row.matches("[data-booked]")) do { next = next.nextElementSibling; } while (next && !next.querySelector("[data-serial]"));
  const field = next && (next.querySelector("[aria-invalid]") || next.querySelector("[data-serial]"));
  if (field) { field.focus(); field.select(); }
});
