/* The grid of a plan: each column's sum at the foot of both tables, red where the two differ. */
"use strict";

(() => {
  const form = document.getElementById("plan-grid");
  if (!form) return;
  const number = (text) => Number(text.normalize("NFKC").replace(/[\s,¥]/g, "")) || 0;
  const shown = (name, sum) => sum.toLocaleString("en-US", name === "amount" ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : {});
  const sums = (table) => {
    const found = {};
    table.querySelectorAll("input[data-sum]").forEach((input) => { found[input.dataset.sum] = (found[input.dataset.sum] || 0) + number(input.value); });
    return found;
  };
  const add = () => {
    const tables = [...form.querySelectorAll("table")], all = tables.map(sums);
    tables.forEach((table, at) => table.querySelectorAll("[data-total]").forEach((cell) => {
      const name = cell.dataset.total;
      cell.textContent = shown(name, all[at][name] || 0);
      cell.classList.toggle("bad", Math.round((all[0][name] || 0) * 100) !== Math.round((all[1][name] || 0) * 100));
    }));
  };
  form.addEventListener("input", add);
  add();
})();
