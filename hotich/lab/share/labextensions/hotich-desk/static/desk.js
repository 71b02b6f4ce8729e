/* Two plugins. Prose of a notebook is tagged vi or en: what is in another language than `language` in its parameters cell is
   hidden. And the launcher, with which Lab begins, shows each notebook by its title in that language. */
(() => {
  const LANGUAGES = ["vi", "en"];
  const HIDDEN = "hotich-other-language"; // hotich/lab/custom/custom.css

  // A cell here is {tags, source}, as a file has it; an open notebook's widgets are made into such.
  const read = widget => ({
    tags: widget.model.getMetadata("tags") ?? [], source: widget.model.sharedModel.getSource()
  });

  function spoken(cells) {
    const source = cells.find(cell => cell.tags.includes("parameters"))?.source ?? "";
    return /^language\b[^=\n]*=\s*["'](\w+)["']/m.exec(source)?.[1];
  }

  function other(cell, language) {
    const own = cell.tags.filter(tag => LANGUAGES.includes(tag));
    return LANGUAGES.includes(language) && own.length > 0 && !own.includes(language);
  }

  function choose(notebook) {
    const cells = notebook.widgets.map(read);
    const language = spoken(cells);
    notebook.widgets.forEach((widget, at) => widget.node.classList.toggle(HIDDEN, other(cells[at], language)));
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

  const language = {
    id: "hotich-desk:language",
    autoStart: true,
    activate(app) {
      const all = () => [...app.shell.widgets("main")].forEach(follow);
      app.shell.layoutModified.connect(all);
      app.restored.then(all);
    }
  };

  // The first heading of the prose, as hotich/pipeline/pages.py finds it.
  function title(content) {
    const cells = content.cells.map(cell => ({
      prose: cell.cell_type === "markdown", tags: cell.metadata.tags ?? [], source: [cell.source].flat().join("")
    }));
    const language = spoken(cells);
    const shown = cells.filter(cell => cell.prose && !other(cell, language));
    return shown.map(cell => /^#[ \t]+(.+)/m.exec(cell.source)?.[1]).find(each => each);
  }

  async function fill(app, launcher) {
    const contents = app.serviceManager.contents;
    const notebooks = (await contents.get("")).content.filter(file => file.type === "notebook");
    for (const { path, name } of notebooks.sort((one, two) => one.path.localeCompare(two.path))) {
      // What Lab cannot read is called by its file's name; opening it says what is the matter.
      const label = await contents.get(path).then(file => title(file.content)).catch(() => undefined) ?? name;
      const rank = path === "report.ipynb" ? 0 : 1;
      launcher.add({ command: "hotich-desk:open", args: { path, label }, category: "Hộ tịch", rank });
    }
  }

  const notebooks = ILauncher => ({
    id: "hotich-desk:notebooks",
    autoStart: true,
    requires: [ILauncher],
    activate(app, launcher) {
      app.commands.addCommand("hotich-desk:open", {
        label: ({ label }) => label,
        caption: ({ path }) => path,
        iconClass: "jp-NotebookIcon",
        execute: ({ path }) => app.commands.execute("docmanager:open", { path })
      });
      return fill(app, launcher);
    }
  });

  let shared;

  async function plugins() {
    const [launcher] = Object.values(shared["@jupyterlab/launcher"]);
    const { ILauncher } = (await launcher.get())();
    return () => ({ __esModule: true, default: [language, notebooks(ILauncher)] });
  }

  (window._JUPYTERLAB ??= {})["hotich-desk"] = { init: scope => { shared = scope; }, get: plugins };
})();
