// Charts saved as SVG: the drawing of wide screens under its heading, with its key, its source and the mark of made-up
// figures in it, so that the file says alone what the page says. No left angle bracket here either.
(() => {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const [INK, SECOND, ALERT, EDGE, GAP] = ["#1b2026", "#4c5762", "#9a3412", 16, 24];
  const FACE = '"Source Sans 3", sans-serif';
  const pen = document.createElement("canvas").getContext("2d");

  function make(name, given, ...inside) {
    const node = document.createElementNS(NAMESPACE, name);
    Object.entries(given).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...inside);
    return node;
  }

  function widthOf(words, size, weight) {
    pen.font = `${weight} ${size}px ${FACE}`;
    return pen.measureText(words).width;
  }

  function lines(words, size, weight, width) {
    return words.trim().split(/\s+/).reduce((found, word) => {
      const longer = [found.at(-1), word].filter(Boolean).join(" ");
      return widthOf(longer, size, weight) > width ? [...found, word] : [...found.slice(0, -1), longer];
    }, [""]);
  }

  function plain(part) {
    const words = [...part.childNodes].map(each => [each.textContent.trim(), /^(sim|pub)$/.test(each.className)]);
    return words.filter(([text]) => text).map(([text, tag]) => tag ? `[${text}]` : text).join(" ");
  }

  // A sheet of paper of this width, filled from the top: `y` is where the last line stands.
  class Sheet {
    constructor(width) { Object.assign(this, { width, y: EDGE, parts: [] }); }

    write(words, size, weight, colour) {
      lines(words, size, weight, this.width - 2 * EDGE).forEach(line => {
        this.y += Math.round(size * 1.35);
        this.parts.push(make("text", { x: EDGE, y: this.y, "font-size": size, "font-weight": weight, fill: colour }, line));
      });
    }

    key(items) {
      let x = EDGE;
      this.y += items.length ? 24 : 0;
      items.forEach(item => {
        const mark = item.querySelector("i");
        const room = widthOf(item.textContent, 15, 400) + (mark ? 26 : 0);
        if (x + room > this.width - EDGE) [x, this.y] = [EDGE, this.y + 22];
        const look = { x, y: this.y - 12, width: mark?.className === "tick" ? 2 : 20, height: 13, stroke: "#5e7183" };
        if (mark) this.parts.push(make("rect", { ...look, fill: getComputedStyle(mark).backgroundColor }));
        const at = { x: x + (mark ? 26 : 0), y: this.y, "font-size": 15, fill: INK };
        this.parts.push(make("text", at, item.textContent.trim()));
        x += room + 16;
      });
    }

    draw(drawings) {
      let x = EDGE;
      this.y += 12;
      drawings.forEach(drawing => {
        const { width, height } = drawing.viewBox.baseVal;
        const copy = drawing.cloneNode(true);
        ["class", "role", "aria-label"].forEach(name => copy.removeAttribute(name));
        Object.entries({ x, y: this.y, width, height }).forEach(([name, value]) => copy.setAttribute(name, value));
        this.parts.push(copy);
        x += width + GAP;
      });
      this.y += Math.max(...drawings.map(drawing => drawing.viewBox.baseVal.height)) + 4;
    }
  }

  function faces() {
    const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]);
    const ours = rules.filter(rule => rule instanceof CSSFontFaceRule && rule.cssText.includes("Source Sans 3"));
    const look = `svg{font-family:${FACE};font-variant-numeric:lining-nums tabular-nums;overflow:visible}`;
    return make("style", {}, ...ours.map(rule => rule.cssText), look, ".h{paint-order:stroke;stroke:#fff;stroke-width:4px}");
  }

  function picture(figure) {
    const drawings = [...figure.querySelectorAll("svg.w")];
    const inner = drawings.reduce((sum, drawing) => sum + drawing.viewBox.baseVal.width + GAP, -GAP);
    const sheet = new Sheet(inner + 2 * EDGE);
    const [title, subtitle] = [".ft", ".fs"].map(part => figure.querySelector(part).textContent);
    sheet.write(title, 21, 600, INK);
    sheet.write(subtitle, 16, 400, SECOND);
    sheet.key([...figure.querySelectorAll(".key > span")]);
    sheet.draw(drawings);
    figure.querySelectorAll(":scope > .src:not(.tools)").forEach(part => {
      sheet.write(plain(part), 15, 400, part.querySelector(".sim") ? ALERT : SECOND);
    });
    figure.querySelectorAll(":scope > .note").forEach(part => sheet.write(part.textContent, 14, 400, SECOND));
    sheet.write(document.title, 14, 400, SECOND);
    document.querySelectorAll(".syn p").forEach(part => sheet.write(plain(part), 14, 600, ALERT));
    const size = { width: sheet.width, height: sheet.y + EDGE };
    const paper = make("rect", { ...size, fill: "#fff" });
    const said = [make("title", {}, title), make("desc", {}, drawings[0].getAttribute("aria-label"))];
    const box = { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: "img", lang: document.documentElement.lang };
    return make("svg", box, ...said, faces(), paper, ...sheet.parts);
  }

  function save(figure) {
    const text = new XMLSerializer().serializeToString(picture(figure));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    link.download = figure.querySelector("a[download]").download.replace(/csv$/, "svg");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  document.querySelectorAll("figure .tools").forEach(line => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = document.body.dataset.save;
    button.addEventListener("click", () => save(line.closest("figure")));
    line.prepend(button, " · ");
  });
})();
