"use strict";
// Sorting and filtering of long tables. A page says the same without it, and paper always shows every row in order.
// The text must hold no left angle bracket and no entity: the page's own grammar reads it as plain text.
(() => {
  const say = document.body.dataset;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const SEEN_AT_ONCE = 15; // rows that need no filter
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  function key(row, column) {
    const cell = row.cells[column];
    const shown = [...cell.childNodes].filter(part => part.className !== "sub").map(part => part.textContent).join("");
    const data = cell.querySelector("data");
    const text = cell.dataset.value ?? (data ? data.value : shown.trim());
    const missing = !data && /^(\[.*\]|–|)$/.test(text);
    return { missing, text, number: text === "" ? NaN : Number(text) };
  }

  function compare(one, other) {
    if (one.missing || other.missing) return 0;
    const numbers = !Number.isNaN(one.number) && !Number.isNaN(other.number);
    return numbers ? one.number - other.number : collator.compare(one.text, other.text);
  }

  function enhance(table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const words = rows.map(row => plain(row.textContent));
    const state = { column: -1, direction: 1 };

    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("output");
    const bar = document.createElement("div");
    field.type = "search";
    field.autocomplete = "off";
    label.append(say.find, " ", field);
    bar.className = "find nop";
    bar.append(label, told);
    if (rows.length > SEEN_AT_ONCE) table.parentNode.before(bar);
    else table.parentNode.before(told);
    told.className = "find nop";

    function ordered() {
      if (state.column === -1) return rows;
      const keyed = rows.map(row => ({ row, key: key(row, state.column) }));
      keyed.sort((a, b) => a.key.missing - b.key.missing || state.direction * compare(a.key, b.key));
      return keyed.map(each => each.row);
    }

    function filter() {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => { row.hidden = !wanted.every(word => words[i].includes(word)); });
      const left = rows.filter(row => !row.hidden).length;
      return wanted.length ? say.shown.replace("%1", left).replace("%2", rows.length) : "";
    }

    function show() {
      body.append(...ordered());
      told.textContent = filter();
    }

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const again = state.column === column;
        const last = again && state.direction === -1;
        heads.forEach(each => each.removeAttribute("aria-sort"));
        Object.assign(state, { column: last ? -1 : column, direction: again ? -1 : 1 });
        if (!last) head.setAttribute("aria-sort", again ? "descending" : "ascending");
        show();
        const order = last ? say.unsorted : again ? say.falling : say.rising;
        told.textContent = order.replace("%1", button.textContent) + (told.textContent && ". " + told.textContent);
      });
    });
    field.addEventListener("input", show);
    addEventListener("beforeprint", () => {
      rows.forEach(row => { row.hidden = false; });
      body.append(...rows);
    });
    addEventListener("afterprint", show);
  }

  document.querySelectorAll("table.long").forEach(enhance);
})();
