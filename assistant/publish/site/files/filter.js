/* The form above a long list hides what does not match. Without this script the form is hidden and the list whole. */
"use strict";

/** Text as it is compared: small letters, ё as е, and no accents, because a hurried reader types none. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
}

for (const form of document.querySelectorAll("form.filter")) {
  const list = document.getElementById(form.dataset.list);
  const entries = [...list.querySelectorAll(".entry")];
  const groups = [...list.querySelectorAll(".group")];
  const choices = [...form.querySelectorAll("select")];
  const field = form.querySelector("input");
  const count = form.querySelector("output");
  const words = new Map(entries.map((entry) => {
    const heading = entry.closest(".group")?.querySelector("h2");
    return [entry, folded(`${heading?.textContent ?? ""} ${entry.textContent}`)];
  }));

  /** What is chosen, by facet; choices of one facet are one word. */
  const chosen = () => {
    const found = new Map();
    for (const { value, dataset: { facet } } of choices) {
      if (value) {
        found.set(facet, found.has(facet) ? `${found.get(facet)}-${value}` : value);
      }
    }
    return found;
  };

  const narrow = () => {
    const wanted = folded(field.value).split(/\s+/).filter(Boolean);
    const facets = [...chosen()];
    let shown = 0;
    for (const entry of entries) {
      const answers = (facet) => (entry.dataset[facet] ?? "").split(" ");
      entry.hidden = !wanted.every((word) => words.get(entry).includes(word))
        || !facets.every(([facet, word]) => answers(facet).includes(word));
      shown += entry.hidden ? 0 : 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".entry:not([hidden])");
    }
    count.value = count.dataset.count.replace("{shown}", shown).replace("{all}", entries.length);
  };

  /* The address keeps what is chosen, for a bookmark; not what is typed, which a history should not tell. */
  const remember = () => {
    const kept = new URLSearchParams(choices.filter(({ value }) => value).map(({ name, value }) => [name, value]));
    history.replaceState(null, "", `${location.pathname}${location.search}${kept.size ? "#" : ""}${kept}`);
  };

  const recall = () => {
    if (location.hash.includes("=")) {
      const kept = new URLSearchParams(location.hash.slice(1));
      for (const choice of choices) {
        const known = [...choice.options].some(({ value }) => value === kept.get(choice.name));
        choice.value = known ? kept.get(choice.name) : "";
      }
    }
    narrow();
  };

  form.addEventListener("input", () => {
    narrow();
    remember();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    narrow();
    remember();
  }));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
}
