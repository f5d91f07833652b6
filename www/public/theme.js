// Before the first paint. A file of its own, because inline scripts are not allowed.
// The text for readers without JavaScript is not needed.
document.documentElement.dataset.script = "";
// The theme that was chosen last time.
try {
  const theme = JSON.parse(localStorage.getItem("dockwright-theme") ?? "null");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage is blocked: the system's theme.
}
