// Both incomes of a village over the years, drawn from the table beside the chart: each on its own axis.
(() => {
  "use strict";

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function read(table) {
    const rows = Array.from(table.tBodies[0].rows);
    const figures = (column) => rows.map((row) => row.cells[column].dataset.value || null);
    const names = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.trim()).slice(1);
    return { years: rows.map((row) => row.cells[0].textContent.trim()), names, figures: [figures(1), figures(2)] };
  }

  function options({ years, names, figures }) {
    const axis = { type: "value", splitLine: { lineStyle: { color: colour("--line-2") } } };
    return {
      animation: false,
      color: [colour("--accent"), colour("--soon-bar")],
      textStyle: { color: colour("--ink"), fontFamily: colour("--sans") },
      grid: { left: 8, right: 8, top: 24, bottom: 40, containLabel: true },
      legend: { bottom: 0 },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: years },
      yAxis: [axis, { ...axis, splitLine: { show: false } }],
      series: names.map((name, i) => ({ name, type: "line", yAxisIndex: i, connectNulls: true, data: figures[i] })),
    };
  }

  const chart = document.querySelector("[data-years]");
  if (chart && window.echarts) {
    chart.hidden = false;
    chart.style.height = "18rem";
    window.echarts
      .init(chart, null, { renderer: "canvas" })
      .setOption(options(read(chart.parentElement.querySelector("table"))));
    window.addEventListener("resize", () => window.echarts.getInstanceByDom(chart).resize());
  }
})();
