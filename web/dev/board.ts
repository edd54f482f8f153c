/** The board alone with a mock session, for development and the tests of it; no build has it in. */

import { mount } from "svelte";
import Harness from "./Harness.svelte";
import { startLanguage } from "../src/lib/i18n/i18n.svelte";
import { startTheme } from "../src/lib/theme.svelte";
import "../src/lib/theme.css";
import "../src/lib/base.css";

startTheme();
void startLanguage().then(() => {
  const target = document.getElementById("app");
  if (target) mount(Harness, { target });
});
