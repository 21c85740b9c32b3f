/* A field above each long list that hides what does not match. Without this script the lists are simply whole. */
"use strict";

/** Text as it is compared: small letters, ё as е, and no accents, because a hurried reader types none. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
}

for (const list of document.querySelectorAll("[data-filter]")) {
  const entries = [...list.querySelectorAll(".entry")];
  const groups = [...list.querySelectorAll(".group")];
  const words = new Map(entries.map((entry) => {
    const heading = entry.closest(".group")?.querySelector("h2");
    return [entry, folded(`${heading?.textContent ?? ""} ${entry.textContent}`)];
  }));

  const label = document.createElement("label");
  const field = document.createElement("input");
  const count = document.createElement("output");
  field.type = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  label.append(document.createTextNode(list.dataset.filter), field);
  const form = document.createElement("div");
  form.className = "filter";
  form.append(label, count);
  list.before(form);

  const filter = () => {
    const wanted = folded(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !wanted.every((word) => words.get(entry).includes(word));
      shown += entry.hidden ? 0 : 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".entry:not([hidden])");
    }
    count.value = list.dataset.count.replace("{shown}", shown).replace("{all}", entries.length);
  };
  field.addEventListener("input", filter);
  filter();
}
