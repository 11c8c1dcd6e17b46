// The board's charts, drawn from the tables beside them, and the moment of the last renewal.
(() => {
  "use strict";

  const MOST_ROWS = 40;

  function readTable(chart) {
    const table = chart.parentElement.querySelector("table");
    const heads = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.trim());
    const rows = Array.from(table.tBodies[0].rows, (row) => Array.from(row.cells, (cell) => cell.textContent.trim()));
    return { heads, rows: rows.slice(0, MOST_ROWS) };
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // On a wall the chart fills the screen, in letters that are read from afar.
  function onWall() {
    return document.body.classList.contains("wall");
  }

  function rem(number) {
    return number * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  function heightFor(chart, rows) {
    if (!onWall()) return Math.max(rem(9), rem(rows * 1.75 + 4));
    const room = window.innerHeight - chart.getBoundingClientRect().top - window.scrollY - rem(7);
    return Math.max(rem(rows * 0.95 + 4), Math.min(room, rem(rows * 16 + 6)));
  }

  function options({ heads, rows }) {
    const size = onWall() ? Math.min(rem(1.375), rem(26 / Math.max(rows.length, 1))) : 12;
    const legend = onWall() ? rem(1.375) : 12;
    const longest = Math.max(...rows.map((row) => row.slice(1).join(" / ").length));
    const colours = [colour("--line"), colour("--soon-bar"), colour("--accent")];
    return {
      animation: false,
      color: colours,
      textStyle: { color: colour("--ink"), fontFamily: colour("--sans"), fontSize: size },
      grid: { left: 8, right: Math.max(size * 5, longest * size * 0.5), top: 8, bottom: legend * 2.5, containLabel: true },
      legend: { bottom: 0, itemWidth: legend, itemHeight: legend, textStyle: { fontSize: legend } },
      xAxis: { type: "value", minInterval: 1, axisLabel: { fontSize: size }, splitLine: { lineStyle: { color: colour("--line-2") } } },
      yAxis: { type: "category", inverse: true, data: rows.map((row) => row[0]), axisTick: { show: false }, axisLabel: { fontSize: size, interval: 0 } },
      series: heads.slice(1).map((name, i) => ({
        name,
        type: "bar",
        barWidth: onWall() ? "60%" : 14,
        barMaxWidth: rem(4),
        barGap: "-100%",
        label: { show: i === 0, position: "right", fontSize: size, formatter: (bar) => rows[bar.dataIndex].slice(1).reverse().join(" / ") },
        data: rows.map((row) => Number(row[i + 1].replace(/,/g, ""))),
      })),
    };
  }

  // Side by side: what is to be compared and is no part of a whole.
  function columns({ heads, rows }) {
    const names = heads.slice(1);
    return {
      animation: false,
      color: [colour("--accent"), colour("--soon-bar"), colour("--done")],
      textStyle: { color: colour("--ink"), fontFamily: colour("--sans"), fontSize: 12 },
      grid: { left: 8, right: 8, top: 24, bottom: 36, containLabel: true },
      legend: { bottom: 0 },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: rows.map((row) => row[0]), axisTick: { show: false }, axisLabel: { interval: 0, hideOverlap: true } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: colour("--line-2") } } },
      series: names.map((name, i) => ({
        name,
        type: "bar",
        barMaxWidth: 28,
        label: { show: rows.length * names.length <= 24, position: "top", fontSize: 11 },
        data: rows.map((row) => Number(row[i + 1].replace(/,/g, ""))),
      })),
    };
  }

  function draw(chart) {
    const table = readTable(chart);
    if (!table.rows.length || !window.echarts) return;
    const isColumns = chart.dataset.chart === "columns";
    chart.hidden = false;
    chart.style.height = (isColumns ? rem(15) : heightFor(chart, table.rows.length)) + "px";
    window.echarts.init(chart, null, { renderer: "canvas" }).setOption(isColumns ? columns(table) : options(table));
  }

  function drawAll(within = document) {
    within.querySelectorAll("[data-chart]").forEach(draw);
  }

  // An unchanged board comes from the browser's cache: its figures hold as of now all the same.
  function showMoment(event) {
    if (event.detail.target.id !== "figures" || !event.detail.successful) return;
    const moment = event.detail.xhr.getResponseHeader("Date");
    const shown = document.querySelector("[data-as-of]");
    if (!moment || !shown) return;
    shown.textContent = new Date(moment).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
  }

  // A board that can't renew itself says so, instead of showing old figures as new ones.
  function showWhetherLive(event) {
    if (event.detail.target.id !== "figures") return;
    const stale = document.querySelector("[data-stale]");
    if (stale) stale.hidden = Boolean(event.detail.successful) || event.detail.xhr.status === 304;
  }

  function resize() {
    document.querySelectorAll("[data-chart]").forEach((chart) => {
      const drawn = window.echarts && window.echarts.getInstanceByDom(chart);
      if (drawn) drawn.resize();
    });
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    drawAll(event.detail.target.id === "figures" ? document : event.target);
  });
  document.addEventListener("htmx:afterRequest", showMoment);
  document.addEventListener("htmx:afterRequest", showWhetherLive);
  window.addEventListener("resize", resize);
  drawAll();
})();
