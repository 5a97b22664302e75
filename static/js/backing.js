/* Of a counter-guarantee only what its kind needs is asked. Without scripts all fields are there. */
"use strict";

(() => {
  const person = ["name", "identity_number", "phone"];
  const asked = {
    "": [],
    civil_servant: [...person, "employer"],
    person: [...person, "employer"],
    firm: ["name", "phone"],
    mortgage: ["thing", "certificate", "owner", "value"],
    pledge: ["thing", "certificate", "owner", "value"],
    joint: person,
    credit_community: [],
    exempt: ["group"],
  };
  const always = ["kind", "words"];
  const last = (name) => name.slice(name.lastIndexOf("-") + 1);
  const show = (box) => {
    const kind = box.querySelector("select[name$=kind]");
    const wanted = [...always, ...(asked[kind.value] || []), ...(kind.value ? ["reason"] : [])];
    box.querySelectorAll("[name]").forEach((field) => {
      const group = [...box.children].find((child) => child.contains(field));
      group.hidden = !wanted.includes(last(field.name));
    });
  };
  document.querySelectorAll("[data-backing]").forEach((box) => {
    box.addEventListener("change", () => show(box));
    show(box);
  });
})();
