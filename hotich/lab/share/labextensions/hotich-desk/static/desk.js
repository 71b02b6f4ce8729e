/* Prose of a notebook is tagged vi or en. This hides what is in another language than `language` in its parameters cell. */
(() => {
  const LANGUAGES = ["vi", "en"];
  const HIDDEN = "hotich-other-language"; // hotich/lab/custom/custom.css
  const tags = cell => cell.model.getMetadata("tags") ?? [];

  function spoken(cells) {
    const parameters = cells.find(cell => tags(cell).includes("parameters"));
    const source = parameters?.model.sharedModel.getSource() ?? "";
    return /^language\b[^=\n]*=\s*["'](\w+)["']/m.exec(source)?.[1];
  }

  function choose(notebook) {
    const language = spoken(notebook.widgets);
    for (const cell of notebook.widgets) {
      const own = tags(cell).filter(tag => LANGUAGES.includes(tag));
      const other = LANGUAGES.includes(language) && own.length > 0 && !own.includes(language);
      cell.node.classList.toggle(HIDDEN, other);
    }
  }

  const followed = new WeakSet();

  function follow(panel) {
    if (!panel.context || !panel.content?.widgets || followed.has(panel)) return;
    followed.add(panel);
    panel.context.ready.then(() => {
      const again = () => choose(panel.content);
      panel.content.model?.contentChanged.connect(again);
      again();
    });
  }

  const plugin = {
    id: "hotich-desk:language",
    autoStart: true,
    activate(app) {
      const all = () => [...app.shell.widgets("main")].forEach(follow);
      app.shell.layoutModified.connect(all);
      app.restored.then(all);
    }
  };

  (window._JUPYTERLAB ??= {})["hotich-desk"] = { init() {}, get: async () => () => ({ __esModule: true, default: plugin }) };
})();
