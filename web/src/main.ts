import { mount } from "svelte";
import App from "./App.svelte";
import { startTheme } from "./lib/theme.svelte";
import { startLanguage } from "./lib/i18n/i18n.svelte";
import { startRouter } from "./lib/router.svelte";
import "./lib/theme.css";
import "./lib/base.css";

startTheme();
startRouter();
// The page is drawn once its language is there, lest it be seen changing.
void startLanguage().then(() => {
  const target = document.getElementById("app");
  if (target) mount(App, { target });
});
