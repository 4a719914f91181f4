/* Makes the report of a sweep live: a Pareto plot to brush, the growth of its hypervolume, and the mapping of each point of the front. */
(function () {
	"use strict";

	const data = JSON.parse(document.getElementById("data").textContent);
	const root = document.documentElement;
	const byId = id => document.getElementById(id);
	const columns = data.columns;
	const points = data.points;
	const MOST_ROWS = 200;
	let chosen = points.map((_, i) => i);
	root.classList.add("js");

	// Texts of the result only ever become text nodes.
	function element(name, attributes, ...children) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes || {})) {
			if (key === "onclick") {
				made.addEventListener("click", value);
			} else {
				made.setAttribute(key, value);
			}
		}
		made.append(...children);
		return made;
	}

	function number(value) {
		return typeof value !== "number" ? String(value) : Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString("en-US") : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
	}

	function short(value) {
		for (const [unit, size] of [["T", 1e12], ["G", 1e9], ["M", 1e6], ["k", 1e3]]) {
			if (Math.abs(value) >= size) {
				return Number((value / size).toPrecision(4)) + " " + unit;
			}
		}
		return String(Number(value.toPrecision(4)));
	}

	const title = column => column.name + (column.unit ? " (" + column.unit + ")" : "");
	const color = name => getComputedStyle(root).getPropertyValue("--" + name).trim();
	const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#a6a000", "#8c8c8c"];

	// What is drawn against what: any column of numbers; colours: any column of few values.

	const numeric = columns.map((column, i) => i).filter(i => points.length > 0 && points.every(point => typeof point.values[i] === "number"));
	const texts = columns.map((column, i) => i).filter(i => {
		const values = new Set(points.map(point => point.labels[i] ?? point.values[i]));
		return columns[i].axis && values.size > 1 && values.size <= PALETTE.length;
	});

	function options(select, indices, first, none) {
		if (none) {
			select.append(element("option", { value: -1 }, "front"));
		}
		indices.forEach(i => select.append(element("option", { value: i }, title(columns[i]))));
		select.value = first;
		select.addEventListener("change", draw);
	}

	const goals = columns.map((column, i) => i).filter(i => columns[i].goal);
	options(byId("across"), numeric, goals[0]);
	options(byId("up"), numeric, goals[Math.min(1, goals.length - 1)]);
	options(byId("colour"), texts, -1, true);
	byId("logarithmic").addEventListener("change", draw);
	byId("all").addEventListener("click", () => {
		plot.dispatchAction({ type: "brush", areas: [] });
		choose(points.map((_, i) => i));
	});

	const plot = echarts.init(byId("plot"), null, { renderer: "canvas", height: 460 });
	const growth = echarts.init(byId("growth"), null, { renderer: "canvas", height: 460 });

	function axis(name, more) {
		return Object.assign({
			name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: color("text") }, axisLabel: { color: color("text"), formatter: short },
			axisLine: { lineStyle: { color: color("line") } }, splitLine: { lineStyle: { color: color("grid") } }
		}, more);
	}

	function draw() {
		const x = Number(byId("across").value);
		const y = Number(byId("up").value);
		const by = Number(byId("colour").value);
		const logarithmic = byId("logarithmic").checked;
		const kind = i => logarithmic && points.every(point => point.values[i] > 0) ? "log" : "value";
		const groups = by < 0 ? ["front", "dominated"] : [...new Set(points.map(point => String(point.labels[by] ?? point.values[by])))];
		const group = point => by < 0 ? point.front ? "front" : "dominated" : String(point.labels[by] ?? point.values[by]);
		const item = i => ({ value: [points[i].values[x], points[i].values[y]], index: i });
		const front = points.map((point, i) => i).filter(i => points[i].front).map(item).sort((a, b) => a.value[0] - b.value[0] || a.value[1] - b.value[1]);
		plot.setOption({
			animation: false, aria: { enabled: true }, textStyle: { color: color("text") },
			grid: { left: 34, right: 24, top: 44, bottom: 40, containLabel: true },
			legend: { top: 4, type: "scroll", textStyle: { color: color("text") }, data: groups },
			tooltip: {
				backgroundColor: color("card"), borderColor: color("line"), textStyle: { color: color("text") },
				formatter: hit => hit.data.index === undefined ? "" : "point " + number(points[hit.data.index].point) + "<br>" + [...columns.keys()].filter(i => columns[i].axis || columns[i].goal)
					.map(i => echarts.format.encodeHTML(title(columns[i]) + ": " + (points[hit.data.index].labels[i] ?? number(points[hit.data.index].values[i])))).join("<br>")
			},
			brush: { toolbox: ["rect", "polygon", "clear"], xAxisIndex: 0, brushMode: "single", transformable: true, outOfBrush: { colorAlpha: 0.15 }, throttleType: "debounce", throttleDelay: 150 },
			toolbox: { right: 8, iconStyle: { borderColor: color("text") } },
			xAxis: axis(title(columns[x]), { type: kind(x), scale: true }),
			yAxis: axis(title(columns[y]), { type: kind(y), scale: true, nameGap: 52 }),
			series: groups.map((name, g) => ({
				name, type: "scatter", z: by < 0 && name === "front" ? 3 : 2, symbol: (value, params) => points[params.data.index].front ? "diamond" : "circle", symbolSize: (value, params) => points[params.data.index].front ? 13 : 6,
				itemStyle: { color: by < 0 ? name === "front" ? "#d55e00" : "#0072b2" : PALETTE[g % PALETTE.length], opacity: 0.8, borderColor: color("page"), borderWidth: 0.5 },
				data: points.map((point, i) => i).filter(i => group(points[i]) === name).map(item)
			})).concat(goals.length === 2 && goals.includes(x) && goals.includes(y) && x !== y ? {
				name: "front line", type: "line", step: "end", symbol: "none", silent: true, lineStyle: { color: "#d55e00", width: 1.5, type: "dashed" }, data: front.map(each => each.value)
			} : [])
		}, true);
		plot.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "rect", brushMode: "single" } });
	}

	plot.on("brushselected", event => {
		const areas = event.batch[0].areas;
		if (!areas.length) {
			return;
		}
		const option = plot.getOption();
		const hit = new Set();
		event.batch[0].selected.forEach(series => series.dataIndex.forEach(i => {
			const one = option.series[series.seriesIndex].data[i];
			if (one && one.index !== undefined) {
				hit.add(one.index);
			}
		}));
		choose([...hit].sort((a, b) => a - b));
	});
	plot.on("click", event => event.data && event.data.index !== undefined && open(event.data.index));

	function drawGrowth() {
		growth.setOption({
			animation: false, aria: { enabled: true }, textStyle: { color: color("text") }, grid: { left: 34, right: 24, top: 20, bottom: 40, containLabel: true },
			tooltip: { trigger: "axis", formatter: hits => number(hits[0].value[0]) + " points: " + hits[0].value[1].toFixed(4) },
			xAxis: axis("evaluated points", { type: data.growth.length > 1 && data.growth[data.growth.length - 1].points > 20 ? "log" : "value", min: "dataMin", max: "dataMax" }),
			yAxis: axis("hypervolume", { type: "value", scale: true, nameGap: 50, axisLabel: { color: color("text") } }),
			series: [{ type: "line", step: "end", showSymbol: false, lineStyle: { color: "#009e73", width: 2 }, data: data.growth.map(step => [step.points, step.hypervolume]) }]
		}, true);
	}

	// The chosen points as a table.

	function choose(indices) {
		chosen = indices;
		byId("chosen-count").textContent = number(chosen.length) + " of " + number(points.length) + " points" + (chosen.length > MOST_ROWS ? ", the first " + MOST_ROWS + " in the table" : "");
		const shown = [...columns.keys()].filter(i => columns[i].axis || columns[i].goal);
		byId("chosen").tHead.replaceChildren(element("tr", {}, element("th", { scope: "col" }, "Point"), ...shown.map(i => element("th", { scope: "col", class: columns[i].goal ? "n" : "" }, title(columns[i])))));
		const sorted = [...chosen].sort((a, b) => points[b].front - points[a].front || points[a].values[goals[0]] - points[b].values[goals[0]]);
		byId("chosen").tBodies[0].replaceChildren(...sorted.slice(0, MOST_ROWS).map(i => element("tr", {},
			element("td", { class: "short" }, element("button", { type: "button", class: "link", onclick: () => open(i) }, number(points[i].point) + (points[i].front ? " (front)" : ""))),
			...shown.map(c => element("td", { class: columns[c].goal ? "n" : "short" }, points[i].labels[c] ?? number(points[i].values[c]))))));
	}

	/** Opens a point: what it is, what it reaches, and its mapping. */
	function open(index) {
		const point = points[index];
		byId("point").hidden = false;
		byId("point-title").textContent = "Point " + number(point.point) + (point.front ? ", on the front" : "");
		byId("point-facts").replaceChildren(...columns.flatMap((column, i) => point.values[i] === null ? [] : [element("div", {}, element("dt", {}, title(column)), element("dd", {}, point.labels[i] ?? number(point.values[i])))]));
		byId("point-command").replaceChildren("Its whole report, with charts and the PE array of each segment: ", element("code", {}, "pipeorgan query points.sqlite --point " + point.point));
		const mapping = data.mappings[point.point];
		byId("point-mapping").replaceChildren(...(mapping || []).map(run => element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Mapping of " + run.workload },
			element("table", {}, element("caption", {}, "Mapping of " + run.workload + ": " + number(run.latency_cycles) + " cycles"),
				element("thead", {}, element("tr", {}, ...["Segment", "Operators", "Organization", "Order", "Chunks", "Weights", "Bound by"].map(name => element("th", { scope: "col" }, name)), element("th", { scope: "col", class: "n" }, "Cycles"))),
				element("tbody", {}, ...run.segments.map((segment, i) => element("tr", {}, element("th", { scope: "row" }, String(i + 1)), element("td", {}, segment.operators.join(", ")), element("td", {}, segment.organization),
					element("td", {}, segment.order), element("td", {}, number(segment.chunks)), element("td", {}, segment.weights), element("td", {}, segment.bottleneck), element("td", { class: "n" }, number(segment.latency_cycles)))))))));
		byId("point").scrollIntoView({ block: "start" });
		byId("point-title").focus();
	}

	function theme() {
		const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
		byId("theme").textContent = dark ? "Light" : "Dark";
		draw();
		drawGrowth();
		return dark;
	}

	byId("theme").addEventListener("click", () => {
		root.dataset.theme = byId("theme").textContent === "Dark" ? "dark" : "light";
		theme();
	});
	addEventListener("resize", () => [plot, growth].forEach(chart => chart.resize()));
	window.pipeorgan = { plot, choose, open, chosen: () => chosen };
	theme();
	[plot, growth].forEach(chart => chart.resize());
	choose(chosen);
}());
