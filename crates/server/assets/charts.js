// Charts that answer the pointer: drawn by ECharts from the numbers that the server wrote beside its picture, which
// stays where there is no script. Texts of the data are drawn on the canvas, never as markup.

import { assets } from "./ask.js";
import { onNewItem } from "./redraw.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
/** The charts on the page: figure, numbers, chart. */
const drawn = new Set();
let library = null;

/** Draws the charts of new items, and all of them anew when the theme changes. */
export function begin() {
  onNewItem((item) => item.querySelectorAll("figure.chart").forEach(draw));
  dark.addEventListener("change", () => {
    for (const one of drawn) one.chart.setOption(options(one.numbers, one.figure), true);
  });
  document.getElementById("page").addEventListener("redrawn", sweep);
}

function sweep() {
  for (const one of drawn) {
    if (one.figure.isConnected) continue;
    one.seen.disconnect();
    one.chart.dispose();
    drawn.delete(one);
  }
}

async function draw(figure) {
  const source = figure.querySelector("script.chart-data");
  const picture = figure.querySelector("svg");
  if (source === null || picture === null) return;
  const numbers = JSON.parse(source.textContent);
  if (numbers.kind === "card") return;
  try {
    await load();
  } catch {
    return; // The picture stays.
  }
  if (!figure.isConnected || figure.querySelector(".canvas") !== null) return;
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", [...picture.querySelectorAll(":scope > title, :scope > desc")].map((one) => one.textContent).join(": "));
  figure.classList.add("live");
  figure.append(canvas);
  const chart = globalThis.echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(options(numbers, figure));
  chart.on("legendselectchanged", ({ selected }) => rescale(chart, numbers, selected));
  const seen = new ResizeObserver(() => chart.resize());
  seen.observe(canvas);
  drawn.add({ figure, numbers, chart, seen });
}

/** Loads ECharts when the first chart is drawn. */
function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${assets}echarts.js`;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return library;
}

/* Numbers to options. */

function options(numbers, figure) {
  const look = theme(figure, numbers);
  const shared = {
    useUTC: true,
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    textStyle: { color: look.ink, fontFamily: getComputedStyle(figure).fontFamily },
    tooltip: tooltip(numbers, look),
  };
  return { ...shared, ...(numbers.kind === "pie" ? pie(numbers, look) : plot(numbers, look)) };
}

/** The colours that the style sheet has in the theme that is on. */
function theme(figure, numbers) {
  const probe = document.createElement("span");
  figure.append(probe);
  const colour = (variable, name = "") => {
    probe.className = name;
    return getComputedStyle(probe).getPropertyValue(variable).trim();
  };
  const fills = new Map((numbers.series ?? numbers.slices).map((one) => [one.class, colour("--fill", one.class) || one.colour]));
  const look = { ink: colour("--text"), faint: colour("--faint"), rule: colour("--rule"), paper: colour("--paper") };
  probe.remove();
  return { ...look, fill: (one) => fills.get(one.class) };
}

function tooltip(numbers, look) {
  const style = { backgroundColor: look.paper, borderColor: look.faint, textStyle: { color: look.ink } };
  // Tooltips on the canvas: the policy of the page forbids those made of markup with styles.
  const canvas = { renderMode: "richText", confine: true, ...style };
  if (numbers.kind === "pie") {
    return { ...canvas, trigger: "item", formatter: ({ marker, dataIndex }) => marker + sliceText(numbers.slices[dataIndex]) };
  }
  const line = ({ marker, seriesIndex, dataIndex }) => {
    const { name, texts } = numbers.series[seriesIndex];
    return `${marker}${plain(name)}: ${plain(texts[dataIndex] ?? "–")}`;
  };
  const lines = (points) => {
    const shown = points.filter(({ seriesIndex, dataIndex }) => numbers.series[seriesIndex].texts[dataIndex] !== null);
    const more = shown.length > 15 ? [`… and ${shown.length - 15} more`] : [];
    const head = points.length > 0 ? [plain(numbers.x.labels[points[0].dataIndex] ?? "")] : [];
    return [...head, ...shown.slice(0, 15).map(line), ...more].join("\n");
  };
  return numbers.kind === "scatter"
    ? { ...canvas, trigger: "item", formatter: (point) => lines([point]) }
    : { ...canvas, trigger: "axis", axisPointer: { type: numbers.kind === "line" || numbers.kind === "area" ? "line" : "shadow" }, formatter: lines };
}

function sliceText({ name, text, share }) {
  return `${plain(name)}: ${plain(text)} (${(share * 100).toFixed(1)} %)`;
}

/** A text that the canvas cannot take for its own marks. */
function plain(text) {
  return String(text).replaceAll("{", "{\u200b").replaceAll("\n", " ");
}

function legend(numbers, names, look) {
  const style = { textStyle: { color: look.ink, width: 180, overflow: "truncate" }, pageTextStyle: { color: look.ink }, pageIconColor: look.ink, pageIconInactiveColor: look.faint };
  return { show: numbers.legend && names.length > 0, type: "scroll", bottom: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, ...style };
}

function pie(numbers, look) {
  const entry = (slice) => ({ name: slice.name, value: slice.value, itemStyle: { color: look.fill(slice) } });
  const label = { color: look.ink, formatter: ({ dataIndex }) => `${plain(numbers.slices[dataIndex].name)} ${(numbers.slices[dataIndex].share * 100).toFixed(1)} %` };
  const series = { type: "pie", radius: ["45%", "70%"], center: ["50%", "46%"], data: numbers.slices.map(entry), label, minShowLabelAngle: 4, labelLine: { lineStyle: { color: look.faint } } };
  return { legend: legend(numbers, numbers.slices, look), series: [series] };
}

/** Places measured on an axis, or named one by one. */
function measured({ kind, x }) {
  return (x.type === "time" || x.type === "number") && (kind === "line" || kind === "area" || kind === "scatter");
}

function plot(numbers, look) {
  const { kind, x, y } = numbers;
  const many = x.values.length > 24 && kind !== "bar";
  const bottom = (numbers.legend ? 30 : 6) + (many ? 30 : 0);
  const lines = { axisLine: { lineStyle: { color: look.faint } }, axisTick: { lineStyle: { color: look.faint } } };
  const named = { nameLocation: "middle", nameTextStyle: { color: look.ink } };
  const text = { color: look.ink, hideOverlap: true };
  const places = measured(numbers)
    ? { type: x.type === "time" ? "time" : "value", scale: true, axisLabel: text, splitLine: { show: false } }
    : { type: "category", data: x.labels, axisLabel: { ...text, width: 160, overflow: "truncate" }, inverse: kind === "bar" };
  const across = { ...places, ...lines, ...named, name: kind === "bar" ? "" : x.title, nameGap: 26 };
  const values = { type: "value", ...scale(numbers), ...named, name: y.title, nameGap: kind === "bar" ? 26 : 46, splitLine: { lineStyle: { color: look.rule } } };
  values.axisLabel = { ...text, formatter: valueText(numbers) };
  const zoom = [{ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, filterMode: "none" }];
  if (many) zoom.push({ type: "slider", height: 18, bottom: numbers.legend ? 28 : 4, filterMode: "none", textStyle: { color: look.ink } });
  const title = x.title === "" ? 0 : 16;
  return {
    grid: { left: y.title === "" ? 8 : 26, right: 16, top: 14, bottom: bottom + title, containLabel: true },
    legend: legend(numbers, numbers.series, look),
    dataZoom: kind === "bar" ? [] : zoom,
    xAxis: kind === "bar" ? values : across,
    yAxis: kind === "bar" ? across : values,
    series: numbers.series.map((one, at) => series(numbers, one, at, look)),
  };
}

function series(numbers, one, at, look) {
  const { kind, stacking, x } = numbers;
  const color = look.fill(one);
  const height = stacking === "stacked100" ? shares(numbers, one) : one.values;
  const data = measured(numbers) ? height.map((value, place) => [x.values[place], value]) : height;
  const made = { name: one.name, data, color, stack: stacking === "none" ? undefined : "all", emphasis: { focus: "series" } };
  if (at === 0 && numbers.threshold !== null) made.markLine = threshold(numbers, look);
  switch (kind) {
    case "line":
    case "area":
      return { ...made, type: "line", ...marks(numbers, one), areaStyle: kind === "area" ? { opacity: 0.35 } : undefined };
    case "scatter":
      return { ...made, type: "scatter", symbolSize: 8 };
    default:
      return { ...made, type: "bar", barMaxWidth: 48, barGap: "10%" };
  }
}

/** Points are marked where that is asked for, and where one has no neighbours to be joined with. */
function marks({ points }, { values }) {
  const missing = (place) => (values[place] ?? null) === null;
  const alone = (_, { dataIndex: place }) => (missing(place - 1) && missing(place + 1) ? 5 : 0);
  return { showSymbol: true, showAllSymbol: true, symbol: "circle", symbolSize: points ? 6 : alone };
}

function threshold({ kind, threshold: value }, look) {
  const line = kind === "bar" ? { xAxis: value } : { yAxis: value };
  return { silent: true, symbol: "none", label: { color: look.ink }, lineStyle: { color: look.ink, type: "dashed" }, data: [line] };
}

/** Each value as its part of the hundred per cent of its place. */
function shares(numbers, one) {
  return one.values.map((value, place) => {
    const sum = numbers.series.reduce((all, other) => all + (other.values[place] ?? 0), 0);
    return value === null || sum === 0 ? value : (100 * value) / sum;
  });
}

/** The scale of the server's picture. */
function scale({ y }) {
  const step = y.marks.length > 1 ? y.marks[1][0] - y.marks[0][0] : undefined;
  return { min: y.low, max: y.high, interval: step };
}

/** With series taken away, the scale follows those that are left. */
function rescale(chart, numbers, selected) {
  if (numbers.kind === "pie") return;
  const whole = Object.values(selected).every(Boolean);
  const values = whole ? scale(numbers) : { min: undefined, max: undefined, interval: undefined };
  const axis = Object.fromEntries(["min", "max", "interval"].map((key) => [key, values[key] ?? null]));
  chart.setOption(numbers.kind === "bar" ? { xAxis: axis } : { yAxis: axis });
}

/** The text of a mark as the server writes it; of others, in short. */
function valueText({ y }) {
  const known = new Map(y.marks.map(([value, text]) => [value, text]));
  const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
  return (value) => known.get(value) ?? short.format(value);
}
