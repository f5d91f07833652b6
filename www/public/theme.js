// Before the first paint: the theme that was chosen last time. A file of its own, because inline scripts are not allowed.
try {
  const theme = JSON.parse(localStorage.getItem("dockwright-theme") ?? "null");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage is blocked: the system's theme.
}
