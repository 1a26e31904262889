// The live page: begins its parts, looks whether the data has changed, and follows back and forward.

import * as actions from "./actions.js";
import * as alerts from "./alerts.js";
import * as asking from "./ask.js";
import * as charts from "./charts.js";
import * as grids from "./grids.js";
import * as pickers from "./pickers.js";
import * as queries from "./queries.js";
import * as redrawing from "./redraw.js";

const LOOK_EVERY = 2000;

asking.begin();
for (const part of [actions, pickers, grids, charts, queries, redrawing, alerts]) part.begin();

addEventListener("popstate", () => asking.ask(asking.givenByAddress(), { address: false }));

const refresh = document.getElementById("refresh");
refresh.hidden = false;
refresh.addEventListener("click", async () => {
  refresh.disabled = true;
  try {
    await asking.post("/refresh", {});
    await look();
  } catch (error) {
    asking.banner(error.message);
  } finally {
    refresh.disabled = false;
  }
});

/** Asks which data there is, and redraws where it is not what the page shows. */
async function look() {
  const { generation, read, problem } = await asking.read(fetch("/version"));
  Object.assign(asking.state, { read, problem });
  asking.tellRead();
  if (generation !== asking.state.generation && !asking.waiting()) {
    await asking.ask(asking.state.given, { address: false });
  }
}

let silent = 0;
setInterval(async () => {
  if (document.hidden) return;
  try {
    await look();
    if (silent > 1) asking.banner("");
    silent = 0;
  } catch (error) {
    silent += 1;
    if (silent > 1) asking.banner(error.message);
  }
}, LOOK_EVERY);
