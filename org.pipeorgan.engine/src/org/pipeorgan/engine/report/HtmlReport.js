/* Makes the report live: reads the embedded result, sorts and filters the tables, draws charts and PE arrays. */
(function () {
	"use strict";

	const result = JSON.parse(document.getElementById("data").textContent);
	const runs = result.runs;
	const charts = [];
	const root = document.documentElement;
	const byId = id => document.getElementById(id);
	const distinct = values => [...new Set(values)];
	const sum = values => values.reduce((a, b) => a + b, 0);
	root.classList.add("js");

	// Elements. Texts of the result only ever become text nodes.

	function element(name, attributes, ...children) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes || {})) {
			if (key === "onclick" || key === "onchange") {
				made.addEventListener(key.substring(2), value);
			} else if (value !== undefined && value !== false) {
				made.setAttribute(key, value);
			}
		}
		made.append(...children.filter(child => child !== undefined));
		return made;
	}

	// Numbers and units. Base units are those of result.json: cycles, seconds, pJ, bytes.

	const scales = {
		seconds: [["ns", 1e-9], ["µs", 1e-6], ["ms", 1e-3], ["s", 1]],
		picojoules: [["pJ", 1], ["nJ", 1e3], ["µJ", 1e6], ["mJ", 1e9], ["J", 1e12]],
		bytes: [["B", 1], ["KiB", 1024], ["MiB", 1024 ** 2], ["GiB", 1024 ** 3], ["TiB", 1024 ** 4]]
	};

	function geomean(values) {
		const logs = values.filter(v => v > 0 && isFinite(v)).map(Math.log);
		return logs.length ? Math.exp(sum(logs) / logs.length) : NaN;
	}

	/** The largest unit of which the geometric mean of the values is at least one. */
	function scale(kind, values) {
		const middle = (geomean(values) || 0) * (1 + 1e-9);
		const [unit, size] = scales[kind].filter(([, size], i) => i === 0 || size <= middle).pop();
		return { unit, size, format: value => significant(value / size) };
	}

	function fixed(value, digits) {
		return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
	}

	/** Four digits, or the whole part if it has more. */
	function significant(value) {
		if (value === 0) {
			return "0";
		}
		const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(4)))));
		return fixed(value, Math.min(12, Math.max(0, 3 - magnitude)));
	}

	const plain = value => value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
	const whole = value => fixed(value, 0);
	const ratio = value => isFinite(value) ? fixed(value, 2) : "–";
	const percent = value => fixed(100 * value, 1);
	const one = value => fixed(value, 1);

	/** 1.5 M: for the axes of charts. */
	function short(value) {
		for (const [unit, size] of [["G", 1e9], ["M", 1e6], ["k", 1e3]]) {
			if (Math.abs(value) >= size) {
				return Number((value / size).toPrecision(4)) + " " + unit;
			}
		}
		return String(Number(value.toPrecision(4)));
	}

	// Names.

	const manyAccelerators = distinct(runs.map(run => run.accelerator)).length > 1;
	const workloadOf = run => (run.form ? run.form + "." : "") + run.workload + (manyAccelerators ? " on " + run.accelerator : "");
	const policyOf = run => run.policy + (run.restricted ? " (restricted)" : "");
	const mapperOf = run => policyOf(run) + " on " + run.interconnect;
	const policies = distinct(runs.map(run => run.policy));
	const interconnects = distinct(runs.map(run => run.interconnect));
	const memoryBytes = run => run.memory_read_bytes + run.memory_write_bytes;
	const boundRatio = run => run.latency_cycles / run.lower_bound_cycles;

	const KINDS = ["compute", "link", "port", "buffer", "memory"];

	/** compute, link, port, buffer or memory: the first word of a bottleneck. */
	function kindOf(segment) {
		const word = segment.bottleneck.split(" ")[0];
		return KINDS.includes(word) ? word : "other";
	}

	// Colours, told apart by readers with colour vision deficiencies (Okabe and Ito).

	const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#a6a000", "#8c8c8c"];
	const KIND_COLORS = { compute: "#009e73", link: "#d55e00", port: "#cc79a7", buffer: "#e69f00", memory: "#0072b2", other: "#8c8c8c" };
	const SYMBOLS = ["circle", "diamond", "triangle", "rect", "pin", "arrow"];
	const DECALS = [null, { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: "rgba(255,255,255,0.75)" },
		{ symbol: "circle", symbolSize: 0.7, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], color: "rgba(255,255,255,0.75)" },
		{ symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4, color: "rgba(0,0,0,0.5)" }];
	const policyColor = policy => PALETTE[policies.indexOf(policy) % PALETTE.length];

	/** Colour of an operator of a segment: hues a golden angle apart, in three lightnesses. */
	const operatorColor = index => index < 6 ? PALETTE[[0, 1, 2, 3, 4, 5][index]] : `hsl(${(index * 137.508) % 360} 62% ${[42, 60, 74][index % 3]}%)`;

	function themeColor(name) {
		return getComputedStyle(root).getPropertyValue("--" + name).trim();
	}

	// Tables: sorting, CSV.

	/** Gives each heading of a table a button that sorts. */
	function sortable(table) {
		const headings = [...table.tHead.rows[0].cells];
		headings.forEach((heading, column) => {
			const unit = heading.querySelector(".unit");
			const title = element("button", { type: "button", onclick: () => sort(table, headings, column) }, heading.firstChild.textContent);
			heading.replaceChildren(...[title, unit].filter(Boolean));
		});
	}

	function sort(table, headings, column) {
		const descending = headings[column].getAttribute("aria-sort") === "ascending";
		headings.forEach(heading => heading.removeAttribute("aria-sort"));
		headings[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
		const rows = [...table.tBodies[0].rows];
		const key = row => {
			const cell = row.cells[column];
			return cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.classList.contains("n") ? NaN : cell.textContent;
		};
		rows.sort((a, b) => {
			const [x, y] = [key(a), key(b)];
			if (typeof x === "number" && typeof y === "number" && (isNaN(x) || isNaN(y))) {
				return isNaN(x) - isNaN(y);
			}
			const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true });
			return descending ? -order : order;
		});
		table.tBodies[0].append(...rows);
	}

	/** The shown rows as RFC 4180 text, numbers in base units. */
	function csv(table) {
		const quote = text => /[",\r\n]/.test(text) ? "\"" + text.replaceAll("\"", "\"\"") + "\"" : text;
		const value = cell => cell.dataset.csv !== undefined ? cell.dataset.csv
			: cell.dataset.value !== undefined ? cell.dataset.value : cell.textContent === "–" ? "" : cell.textContent;
		const lines = [[...table.tHead.rows[0].cells].map(cell => quote(cell.dataset.key)).join(",")];
		for (const row of table.tBodies[0].rows) {
			if (!row.hidden) {
				lines.push([...row.cells].map(cell => quote(value(cell))).join(","));
			}
		}
		return lines.join("\n") + "\n";
	}

	/** Downloads a table, or the table that a function makes. */
	function csvButton(name, table, what) {
		return element("button", {
			type: "button", class: "csv", "aria-label": "Download CSV: " + what, onclick: () => {
				const link = element("a", { href: URL.createObjectURL(new Blob([csv(typeof table === "function" ? table() : table)], { type: "text/csv;charset=utf-8" })), download: name + ".csv" });
				link.click();
				setTimeout(() => URL.revokeObjectURL(link.href), 10000);
			}
		}, "Download CSV");
	}

	/**
	 * A table in a region that scrolls. A column has title, unit, key (its heading in CSV), value(row) and, if values are
	 * numbers, format(value); cell(row, index) may give the content instead.
	 */
	function table(label, columns, rows) {
		const head = element("tr", {}, ...columns.map(column => element("th", { scope: "col", class: column.format ? "n" : undefined, "data-key": column.key },
			column.title, column.unit ? element("span", { class: "unit" }, column.unit) : undefined)));
		const body = rows.map((row, index) => element("tr", {}, ...columns.map(column => {
			const value = column.value(row, index);
			if (column.format) {
				const known = value !== null && value !== undefined && isFinite(value);
				return element("td", { class: "n", "data-value": known ? value : undefined },
					column.cell ? column.cell(row, index) : known ? column.format(value) : "–");
			}
			const shown = column.cell ? column.cell(row, index) : value;
			return element("td", { "data-csv": column.cell ? value : undefined, class: column.short ? "short" : column.wide ? "wide" : undefined }, shown);
		})));
		const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
		sortable(made);
		return element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label }, made);
	}

	/** A chart with its caption, its data as a table and a download. `names` is its legend; `option(top)`, with
	 * the height of the legend, is asked again when theme or width change. */
	function figure(parent, { id, title, caption, height, names, option, columns, rows, onclick }) {
		const heading = element("h3", { id: id + "-title" }, title);
		const canvas = element("div", { class: "chart", id: id + "-chart", role: "img", "aria-label": title + ". " + caption + " The data follow as a table." });
		// Long tables are made when they are asked for.
		let data = null;
		const details = element("details", {}, element("summary", {}, "Data as a table"));
		const make = () => {
			if (!data) {
				data = table("Data of the chart: " + title, columns, rows);
				details.append(data);
			}
			return data.querySelector("table");
		};
		details.addEventListener("toggle", make);
		if (rows.length <= 100) {
			make();
		}
		const made = element("figure", { id }, heading, canvas, element("figcaption", {}, caption), details,
			element("div", { class: "controls" }, csvButton(result.study + "-" + id, make, title)));
		parent.append(made);
		const chart = { canvas, names, height, option, onclick, drawn: null };
		charts.push(chart);
		return chart;
	}

	/** Draws a chart as wide as its figure, or as wide as told. */
	function draw(chart, width) {
		if (!chart.drawn) {
			chart.drawn = echarts.init(chart.canvas, null, { renderer: "svg", width: 300, height: 200 });
			// The library gives the background of every chart the same id, which nothing refers to.
			chart.drawn.on("rendered", () => chart.canvas.querySelectorAll("rect[id='0']").forEach(background => background.removeAttribute("id")));
			if (chart.onclick) {
				chart.drawn.on("click", chart.onclick);
			}
		}
		const [names, top] = legend(chart.names, chart.canvas);
		chart.canvas.style.height = top + chart.height + "px";
		chart.drawn.resize({ width: width || chart.canvas.clientWidth, height: top + chart.height });
		chart.drawn.setOption(Object.assign({
			animation: false,
			textStyle: { color: themeColor("text"), fontFamily: "system-ui, sans-serif" },
			legend: names
		}, chart.option(top)), true);
	}

	function axis(more) {
		const line = themeColor("line");
		return Object.assign({
			nameLocation: "middle",
			nameTextStyle: { color: themeColor("faint") },
			axisLine: { lineStyle: { color: line } },
			axisTick: { lineStyle: { color: line } },
			splitLine: { lineStyle: { color: themeColor("grid") } }
		}, more, { axisLabel: Object.assign({ color: themeColor("text"), hideOverlap: true }, more.axisLabel) });
	}

	/** A legend above the plot, and the height that it takes in a chart as wide as this canvas. */
	function legend(names, canvas) {
		let [rows, used] = [1, 0];
		for (const name of names) {
			const width = 45 + 6.8 * name.length;
			if (used > 0 && used + width > canvas.clientWidth - 16) {
				rows++;
				used = 0;
			}
			used += width;
		}
		return [{ data: names, top: 6, left: 8, right: 8, itemGap: 12, textStyle: { color: themeColor("text") }, inactiveColor: themeColor("line") }, 12 + rows * 22];
	}

	/** Lines of text, the first strong; never HTML. */
	function tooltip(lines) {
		return {
			confine: true, backgroundColor: themeColor("page"), borderColor: themeColor("line"), textStyle: { color: themeColor("text") },
			extraCssText: "white-space:normal;max-width:24rem;overflow-wrap:anywhere",
			formatter: hit => {
				const texts = lines(hit);
				return texts ? element("div", {}, element("strong", {}, texts[0]), ...texts.slice(1).map(text => element("div", {}, text))) : "";
			}
		};
	}

	const textColumn = (title, key, value) => ({ title, key, value });

	/** Policy and interconnect of the baseline, or of the first run if there is none: what charts over several workloads relate to. */
	const isBaseline = run => result.comparisons.some(comparison => run.policy === comparison.baseline && run.interconnect === comparison.baseline_interconnect);
	const reference = runs.length ? mapperOf(runs.find(isBaseline) || runs[0]) : "";

	/**
	 * Bars grouped by workload, one for each policy on each interconnect. Values that differ from workload to workload, those
	 * with a kind of unit, are shown in relation to the reference if there are several workloads.
	 */
	function bars(parent, shown, { id, title, caption, key, value, kind, line }) {
		const workloads = distinct(shown.map(workloadOf));
		const mappers = distinct(shown.map(mapperOf));
		const find = (workload, mapper, among) => among.find(run => workloadOf(run) === workload && mapperOf(run) === mapper);
		const related = kind && workloads.length > 1 && workloads.every(workload => value(find(workload, reference, runs) || {}) > 0);
		const inTable = kind ? scale(kind, shown.map(value)) : { unit: "×", size: 1, format: ratio };
		const unit = related ? { unit: "×", size: 1, format: ratio } : inTable;
		const inChart = related ? run => value(run) / value(find(workloadOf(run), reference, runs)) : run => value(run) / unit.size;
		const label = title + (related ? " in relation to " + reference : "") + " (" + unit.unit + ")";
		const bar = workloads.length * mappers.length <= 12 ? 20 : workloads.length * mappers.length <= 48 ? 14 : 10;
		const series = mappers.map(mapper => {
			const some = shown.find(run => mapperOf(run) === mapper);
			const decal = DECALS[interconnects.indexOf(some.interconnect) % DECALS.length];
			return {
				name: mapper, type: "bar", barMaxWidth: 18, barGap: "10%", barCategoryGap: "18%",
				itemStyle: { color: policyColor(some.policy), decal: decal || undefined },
				data: workloads.map(workload => {
					const run = find(workload, mapper, shown);
					return run ? inChart(run) : null;
				})
			};
		});
		figure(parent, {
			id, title: label, caption,
			height: 90 + workloads.length * (Math.max(22, 44 - bar * mappers.length) + bar * mappers.length), names: mappers,
			columns: [textColumn("Workload", "workload", workloadOf), textColumn("Interconnect", "interconnect", run => run.interconnect),
				textColumn("Policy", "policy", policyOf), { title, unit: inTable.unit, key, value, format: inTable.format },
				...related ? [{ title: "In relation to " + reference, unit: "×", key: key + "_relative", value: inChart, format: ratio }] : []],
			rows: shown,
			option: top => ({
				grid: { left: 8, right: 24, top: top + (line ? 22 : 4), bottom: 30, containLabel: true },
				tooltip: tooltip(hit => [hit.name.replaceAll("\n", ""), hit.seriesName, unit.format(hit.value * unit.size) + " " + unit.unit,
					...related ? [inUnit(kind, value(find(hit.name.replaceAll("\n", ""), hit.seriesName, shown)))] : []]),
				xAxis: axis({ type: "value", name: related ? "in relation to " + reference + " (×)" : label, nameGap: 28, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "category", inverse: true, data: workloads.map(name => name.replace(".", ".\n").replace(" on ", "\n on ")), axisLabel: { width: 140, overflow: "truncate", lineHeight: 15, interval: 0, hideOverlap: false } }),
				series: series.map((one, i) => i > 0 || !line ? one : Object.assign({}, one, {
					markLine: { silent: true, symbol: "none", lineStyle: { color: themeColor("text"), type: "dashed" }, label: { formatter: line.name, color: themeColor("text"), position: "start" }, data: [{ xAxis: line.at }] }
				}))
			})
		});
	}

	function timeByBottleneck(parent, shown) {
		const workloads = distinct(shown.map(workloadOf));
		const many = workloads.length > 1;
		const rows = shown.map(run => {
			const times = {};
			run.segments.forEach(segment => times[kindOf(segment)] = (times[kindOf(segment)] || 0) + segment.latency_cycles);
			return { run, times };
		});
		const kinds = [...KINDS, "other"].filter(kind => rows.some(row => row.times[kind]));
		const name = row => (many ? workloadOf(row.run) + "\n" : "") + mapperOf(row.run);
		figure(parent, {
			id: "bottlenecks", title: "Time by what bounds it (" + (many ? "× lower bound" : "cycles") + ")",
			caption: "Latency of the segments, summed by what bounds each: compute, a link or a port of the interconnect, the global buffer, the memory.",
			height: 70 + rows.length * (many ? 34 : 32), names: kinds,
			columns: [textColumn("Workload", "workload", row => workloadOf(row.run)), textColumn("Interconnect", "interconnect", row => row.run.interconnect),
				textColumn("Policy", "policy", row => policyOf(row.run)),
				...kinds.map(kind => ({ title: kind, unit: "cycles", key: kind + "_cycles", value: row => row.times[kind] || 0, format: whole }))],
			rows,
			option: top => ({
				grid: { left: 8, right: 24, top: top + 4, bottom: 30, containLabel: true },
				tooltip: tooltip(hit => [hit.name.replace("\n", ": "), hit.seriesName + ": " + whole(rows[hit.dataIndex].times[hit.seriesName]) + " cycles", percent(rows[hit.dataIndex].times[hit.seriesName] / rows[hit.dataIndex].run.latency_cycles) + " % of the latency"]),
				xAxis: axis({ type: "value", name: many ? "time over lower bound (×)" : "cycles", nameGap: 28, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "category", inverse: true, data: rows.map(name), axisLabel: { width: 170, fontSize: many ? 11 : 12, overflow: "truncate", lineHeight: 15, interval: 0, hideOverlap: false } }),
				series: kinds.map(kind => ({ name: kind, type: "bar", stack: "time", barMaxWidth: 22, itemStyle: { color: KIND_COLORS[kind], borderColor: themeColor("page"), borderWidth: 0.5 }, data: rows.map(row => (row.times[kind] || 0) / (many ? row.run.lower_bound_cycles : 1)) }))
			})
		});
	}

	function roofline(parent, shown) {
		const mappers = distinct(shown.map(mapperOf));
		const intensity = run => run.macs / memoryBytes(run);
		const rate = run => run.macs / run.latency_cycles;
		const measured = shown.filter(run => run.macs > 0 && memoryBytes(run) > 0);
		if (!measured.length) {
			return;
		}
		const roofs = distinct(measured.map(run => run.accelerator)).map(name => measured.find(run => run.accelerator === name));
		const bounds = distinct(measured.filter(run => run.lower_bound_cycles > 0 && run.lower_bound_memory_bytes > 0).map(workloadOf)).map(name => measured.find(run => workloadOf(run) === name));
		const xs = measured.map(intensity).concat(bounds.map(run => run.macs / run.lower_bound_memory_bytes), roofs.map(run => run.peak_macs_per_cycle / run.memory_bytes_per_cycle));
		const low = 10 ** Math.floor(Math.log10(Math.min(...xs) / 1.5));
		const high = 10 ** Math.ceil(Math.log10(Math.max(...xs) * 1.5));
		const roofAt = (run, x) => Math.min(run.peak_macs_per_cycle, x * run.memory_bytes_per_cycle);
		const ys = measured.map(rate).concat(roofs.map(run => run.peak_macs_per_cycle));
		const roofName = run => (manyAccelerators ? run.accelerator + ": " : "") + "roof " + whole(run.peak_macs_per_cycle) + " MAC/cycle, " + plain(run.memory_bytes_per_cycle) + " B/cycle";
		figure(parent, {
			id: "roofline", title: "Roofline", height: 380, names: [...roofs.map(roofName), ...mappers, ...bounds.length ? ["lower bound"] : []],
			caption: "Each run: MACs for each byte of memory traffic (MAC/B) against MACs in a cycle. Lines: the array’s peak and the memory bandwidth. Hollow: the lower bound of a workload. Both axes are logarithmic.",
			columns: [textColumn("Workload", "workload", workloadOf), textColumn("Interconnect", "interconnect", run => run.interconnect),
				textColumn("Policy", "policy", policyOf),
				{ title: "Intensity", unit: "MAC/B", key: "macs_per_memory_byte", value: intensity, format: significant },
				{ title: "Rate", unit: "MAC/cycle", key: "macs_per_cycle", value: rate, format: significant },
				{ title: "Roof at this intensity", unit: "MAC/cycle", key: "roof_macs_per_cycle", value: run => roofAt(run, intensity(run)), format: significant },
				{ title: "Peak", unit: "MAC/cycle", key: "peak_macs_per_cycle", value: run => run.peak_macs_per_cycle, format: whole },
				{ title: "Memory", unit: "B/cycle", key: "memory_bytes_per_cycle", value: run => run.memory_bytes_per_cycle, format: plain }],
			rows: measured,
			option: top => ({
				grid: { left: 22, right: 24, top: top + 14, bottom: 34, containLabel: true },
				tooltip: tooltip(hit => hit.data.run && [workloadOf(hit.data.run), hit.seriesName, significant(hit.value[0]) + " MAC/B", significant(hit.value[1]) + " MAC/cycle"]),
				xAxis: axis({ type: "log", min: low, max: high, name: "MACs for each byte of memory traffic (MAC/B)", nameGap: 28, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "log", min: 10 ** Math.floor(Math.log10(Math.min(...ys) / 1.2)), max: 10 ** Math.ceil(Math.log10(Math.max(...ys))), name: "MAC/cycle", nameGap: 40, axisLabel: { formatter: short } }),
				series: roofs.map(run => {
					const knee = run.peak_macs_per_cycle / run.memory_bytes_per_cycle;
					const points = [[low, roofAt(run, low)], [knee, run.peak_macs_per_cycle], [high, run.peak_macs_per_cycle]];
					return {
						name: roofName(run), type: "line", symbol: "none", silent: true, clip: true, data: points, lineStyle: { color: themeColor("text"), width: 2 }, itemStyle: { color: themeColor("text") }
					};
				}).concat(mappers.map(mapper => {
					const some = measured.filter(run => mapperOf(run) === mapper);
					return {
						name: mapper, type: "scatter", symbolSize: 12, symbol: SYMBOLS[some.length ? interconnects.indexOf(some[0].interconnect) % SYMBOLS.length : 0],
						itemStyle: { color: some.length ? policyColor(some[0].policy) : "#888", opacity: 0.85, borderColor: themeColor("page"), borderWidth: 1 },
						data: some.map(run => ({ value: [intensity(run), rate(run)], run }))
					};
				}), {
					name: "lower bound", type: "scatter", symbolSize: 12, symbol: "circle", itemStyle: { color: "transparent", borderColor: themeColor("text"), borderWidth: 2 },
					data: bounds.map(run => ({ value: [run.macs / run.lower_bound_memory_bytes, run.macs / run.lower_bound_cycles], run }))
				})
			})
		});
	}

	/** Ablation and sensitivity: each policy on each interconnect and accelerator against the baseline, as geometric means. */
	function ratios(parent) {
		const rows = result.comparisons;
		if (!rows.length) {
			return;
		}
		const name = row => row.policy + " on " + row.interconnect + (manyAccelerators ? "\n" + row.accelerator : "");
		const kinds = [["speedup", row => row.speedup_geomean, PALETTE[0]], ["energy, baseline / policy", row => row.energy_ratio_geomean, PALETTE[1]],
			["memory traffic, baseline / policy", row => row.memory_ratio_geomean, PALETTE[2]]];
		const ceiling = "ceiling of the speedup";
		figure(parent, {
			id: "ratios", title: "Against the baseline (×)", names: [...kinds.map(([kind]) => kind), ceiling],
			caption: "Geometric means over the workloads, baseline (" + rows[0].baseline + " on " + rows[0].baseline_interconnect + ") over policy: above 1 the policy is better. The ceiling is the most that any mapping could win in time.",
			height: 60 + rows.length * (manyAccelerators ? 58 : 50),
			columns: [...manyAccelerators ? [textColumn("Accelerator", "accelerator", row => row.accelerator)] : [], textColumn("Policy", "policy", row => row.policy), textColumn("Interconnect", "interconnect", row => row.interconnect),
				{ title: "Speedup", unit: "×", key: "speedup_geomean", value: row => row.speedup_geomean, format: ratio },
				{ title: "Ceiling", unit: "×", key: "ceiling_geomean", value: row => row.ceiling_geomean, format: ratio },
				{ title: "Energy, baseline / policy", unit: "×", key: "energy_ratio_geomean", value: row => row.energy_ratio_geomean, format: ratio },
				{ title: "Memory traffic, baseline / policy", unit: "×", key: "memory_ratio_geomean", value: row => row.memory_ratio_geomean, format: ratio }],
			rows,
			option: top => ({
				grid: { left: 8, right: 24, top: top + 4, bottom: 30, containLabel: true },
				tooltip: tooltip(hit => [hit.name.replace("\n", ", "), hit.seriesName + ": " + ratio(hit.seriesName === ceiling ? hit.value[0] : hit.value) + "×"]),
				xAxis: axis({ type: "value", name: "×", nameGap: 28, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "category", inverse: true, data: rows.map(name), axisLabel: { width: 180, overflow: "truncate", lineHeight: 15, interval: 0, hideOverlap: false } }),
				series: [...kinds.map(([kind, value, color], i) => ({
					name: kind, type: "bar", barMaxWidth: 12, itemStyle: { color }, data: rows.map(value),
					markLine: i > 0 ? undefined : { silent: true, symbol: "none", lineStyle: { color: themeColor("text"), type: "dashed" }, label: { formatter: "baseline", color: themeColor("text"), position: "start" }, data: [{ xAxis: 1 }] }
				})), { name: ceiling, type: "scatter", symbol: "diamond", symbolSize: 11, itemStyle: { color: themeColor("text") }, data: rows.map((row, i) => [row.ceiling_geomean, i]) }]
			})
		});
	}

	/** Time against energy, in relation to the least of the workload; those that nothing beats in both are joined. */
	function trade(parent, shown) {
		const workloads = distinct(shown.map(workloadOf));
		const least = (run, value) => Math.min(...shown.filter(other => workloadOf(other) === workloadOf(run)).map(value));
		const energy = run => run.energy_picojoules;
		const time = run => run.latency_cycles;
		const points = shown.map(run => ({ run, time: time(run) / least(run, time), energy: energy(run) / least(run, energy) }));
		const front = point => !shown.some(other => workloadOf(other) === workloadOf(point.run) && time(other) <= time(point.run) && energy(other) <= energy(point.run)
			&& (time(other) < time(point.run) || energy(other) < energy(point.run)));
		const mappers = distinct(shown.map(mapperOf));
		if (mappers.length < 3) {
			return;
		}
		figure(parent, {
			id: "trade", title: "Time against energy (×)", height: 360, names: [...mappers, "best in both"],
			caption: "Each run in relation to the least time and the least energy of its workload among the runs shown. A ring marks runs that no other beats in both: the Pareto front of a workload, joined by a line if there is one workload.",
			columns: [textColumn("Workload", "workload", row => workloadOf(row.run)), textColumn("Interconnect", "interconnect", row => row.run.interconnect), textColumn("Policy", "policy", row => policyOf(row.run)),
				{ title: "Latency", unit: "cycles", key: "latency_cycles", value: row => row.run.latency_cycles, format: whole },
				{ title: "Energy", unit: "pJ", key: "energy_picojoules", value: row => row.run.energy_picojoules, format: whole },
				{ title: "Time / least", unit: "×", key: "time_ratio", value: row => row.time, format: ratio }, { title: "Energy / least", unit: "×", key: "energy_ratio", value: row => row.energy, format: ratio },
				textColumn("Best in both", "pareto", row => front(row) ? "yes" : "no")],
			rows: points,
			option: top => ({
				grid: { left: 22, right: 24, top: top + 10, bottom: 34, containLabel: true },
				tooltip: tooltip(hit => hit.data.point && [workloadOf(hit.data.point.run), mapperOf(hit.data.point.run), whole(hit.data.point.run.latency_cycles) + " cycles", inUnit("picojoules", hit.data.point.run.energy_picojoules)]),
				xAxis: axis({ type: "value", scale: true, min: value => Math.min(1, value.min), name: "time over the least (×)", nameGap: 28 }),
				yAxis: axis({ type: "value", scale: true, min: value => Math.min(1, value.min), name: "energy over the least (×)", nameGap: 40 }),
				series: mappers.map(mapper => {
					const some = points.filter(point => mapperOf(point.run) === mapper);
					return { name: mapper, type: "scatter", symbolSize: 11, symbol: SYMBOLS[interconnects.indexOf(some[0].run.interconnect) % SYMBOLS.length],
						itemStyle: { color: policyColor(some[0].run.policy), opacity: 0.85 }, data: some.map(point => ({ value: [point.time, point.energy], point })) };
				}).concat({
					name: "best in both", type: workloads.length === 1 ? "line" : "scatter", symbol: "circle", symbolSize: 18, lineStyle: { color: themeColor("text"), type: "dashed" }, z: 1,
					itemStyle: { color: "transparent", borderColor: themeColor("text"), borderWidth: 1.5 },
					data: points.filter(front).sort((a, b) => a.time - b.time).map(point => ({ value: [point.time, point.energy], point }))
				})
			})
		});
	}

	const isSimulated = run => run.simulation && run.simulation.segment_cycles;

	// All runs: filters, geometric means of what is shown, selection.

	const runsTable = byId("runs-table");
	const runRows = [...runsTable.tBodies[0].rows];

	/** Charts of the runs that the filters leave. */
	function drawCharts(shown) {
		const parent = byId("chart-figures");
		discard(parent);
		if (!shown.length) {
			return;
		}
		bars(parent, shown, { id: "latency", title: "Latency over lower bound", key: "lower_bound_ratio", value: boundRatio, line: { at: 1, name: "lower bound" },
			caption: "Latency in multiples of the lower bound of the workload; 1 cannot be beaten. Colours are policies, patterns are interconnects." });
		timeByBottleneck(parent, shown);
		bars(parent, shown, { id: "energy", title: "Energy", key: "energy_picojoules", value: run => run.energy_picojoules, kind: "picojoules",
			caption: "Energy of the run, all of MACs, register files, interconnect, global buffer and memory." });
		bars(parent, shown, { id: "memory", title: "Memory traffic", key: "memory_bytes", value: memoryBytes, kind: "bytes",
			caption: "Bytes read from and written to memory." });
		roofline(parent, shown);
		trade(parent, shown);
		ratios(parent);
		if (shown.some(isSimulated)) {
			bars(parent, shown.filter(isSimulated), { id: "simulated", title: "Simulator over model", key: "simulated_ratio", value: run => run.simulation.latency_cycles / run.latency_cycles, line: { at: 1, name: "equal" },
				caption: "Cycles that the simulator takes in multiples of the model's, the same mapping." });
		}
		charts.filter(chart => parent.contains(chart.canvas)).forEach(chart => draw(chart));
	}

	/** Empties an element, and forgets its charts. */
	function discard(parent) {
		for (const chart of charts.filter(chart => parent.contains(chart.canvas))) {
			if (chart.drawn) {
				chart.drawn.dispose();
			}
			charts.splice(charts.indexOf(chart), 1);
		}
		parent.replaceChildren();
	}

	function summary() {
		const count = element("span", { role: "status", "aria-live": "polite", id: "runs-count" });
		const filters = [["Workload", run => (run.form ? run.form + "." : "") + run.workload], ["Accelerator", run => run.accelerator],
			["Interconnect", run => run.interconnect], ["Policy", policyOf]].map(([name, value]) => {
			const values = distinct(runs.map(value));
			const select = element("select", { id: "filter-" + name.toLowerCase(), onchange: apply }, element("option", { value: "" }, "all"),
				...values.map((text, i) => element("option", { value: String(i) }, text)));
			return { name, value, values, select };
		});
		const means = [...runsTable.tFoot.rows[0].cells].slice(1);
		const offset = runsTable.tHead.rows[0].cells.length - means.length;
		const formats = {
			latency_cycles: whole, speedup: ratio, lower_bound_ratio: ratio, pe_utilization: percent,
			latency_seconds: scale("seconds", runs.map(run => run.latency_seconds)).format,
			energy_picojoules: scale("picojoules", runs.map(run => run.energy_picojoules)).format,
			memory_bytes: scale("bytes", runs.map(memoryBytes)).format
		};

		function apply() {
			runRows.forEach((row, i) => row.hidden = filters.some(filter => filter.select.value !== "" && filter.values[Number(filter.select.value)] !== filter.value(runs[i])));
			const shown = runRows.filter(row => !row.hidden);
			count.textContent = shown.length + " of " + runs.length + " runs";
			means.forEach((cell, i) => {
				const format = formats[runsTable.tHead.rows[0].cells[offset + i].dataset.key];
				if (format) {
					const mean = geomean(shown.map(row => Number(row.cells[offset + i].dataset.value)));
					cell.textContent = isNaN(mean) ? "–" : format(mean);
				}
			});
			drawCharts(runs.filter((run, i) => !runRows[i].hidden));
		}

		runsTable.tFoot.rows[0].cells[0].textContent = "Geometric mean of the rows shown";
		byId("filters").append(...filters.filter(filter => filter.values.length > 1).map(filter => element("label", {}, filter.name, filter.select)), count,
			csvButton(result.study + "-runs", runsTable, "all runs shown"));
		runRows.forEach((row, i) => {
			const cell = row.cells[0];
			cell.dataset.csv = cell.textContent;
			cell.replaceChildren(element("button", { type: "button", class: "link", "aria-label": "Show the run of " + workloadOf(runs[i]) + ", " + mapperOf(runs[i]), onclick: () => {
				selectRun(i);
				byId("run").scrollIntoView();
				byId("run-select").focus({ preventScroll: true });
			} }, ...cell.childNodes));
		});
		sortable(runsTable);
		apply();
		const compared = byId("comparisons-table");
		if (compared) {
			sortable(compared);
			compared.parentElement.after(element("div", { class: "controls" }, csvButton(result.study + "-comparisons", compared, "policies against the baseline")));
		}
	}

	// One run: its timeline and its segments.

	let run = null;
	let chosen = 0;
	let highlighted = -1;
	let timeline = null;
	let segmentRows = [];

	function facts(list, entries) {
		list.replaceChildren(...entries.map(([name, value, wide]) => element("div", { class: wide ? "wide" : undefined }, element("dt", {}, name), element("dd", {}, value))));
	}

	const inUnit = (kind, value) => {
		const unit = scale(kind, [value]);
		return unit.format(value) + " " + unit.unit;
	};

	function selectRun(index) {
		run = runs[index];
		byId("run-select").value = String(index);
		runRows.forEach((row, i) => row.classList.toggle("chosen", i === index));
		facts(byId("run-facts"), [
			["Latency", whole(run.latency_cycles) + " cycles, " + inUnit("seconds", run.latency_seconds)],
			["Latency / lower bound", ratio(boundRatio(run)) + "×"],
			["Lower bound", whole(run.lower_bound_cycles) + " cycles"],
			["Energy", inUnit("picojoules", run.energy_picojoules)],
			["Memory read, written", inUnit("bytes", run.memory_read_bytes) + ", " + inUnit("bytes", run.memory_write_bytes)],
			["Memory, lower bound", inUnit("bytes", run.lower_bound_memory_bytes)],
			["Buffer read, written", inUnit("bytes", run.buffer_read_bytes) + ", " + inUnit("bytes", run.buffer_write_bytes)],
			["Interconnect traffic", inUnit("bytes", run.noc_byte_hops).replace(/ (\S+)$/, " $1·hops")],
			["Busiest link", one(run.max_link_load_cycles) + " cycles / interval"],
			["PE utilization", percent(run.pe_utilization) + " %"],
			["MACs", whole(run.macs)],
			["Array", run.array_rows + " × " + run.array_columns + " PEs"],
			["Search", whole(run.search.candidates) + " candidates, " + (run.search.exhaustive ? "proven best in the policy’s space" : "heuristic or cut, not proven best"), true]
		]);
		const begins = [];
		let time = 0;
		for (const segment of run.segments) {
			begins.push(time);
			time += segment.latency_cycles;
		}
		drawTimeline(begins, time);
		drawInside(begins, time);
		drawSegments(begins);
		selectSegment(longest(), false);
	}

	/** Links into the page: #run=4 or #run=4;segment=2, both from 1 on, runs in the order of result.json. */
	function follow() {
		const link = /^#run=(\d+)(?:;segment=(\d+))?$/.exec(location.hash);
		if (link && runs[link[1] - 1]) {
			selectRun(link[1] - 1);
			if (link[2] && run.segments[link[2] - 1]) {
				selectSegment(link[2] - 1, false);
			}
			byId("run").scrollIntoView({ behavior: "instant" });
		}
	}

	/** The run of the first workload with the least of what the study minimised. */
	function best() {
		const value = { energy: run => run.energy_picojoules, memory: memoryBytes, edp: run => run.energy_picojoules * run.latency_cycles }[result.objective]
			|| (run => run.latency_cycles);
		const candidates = runs.filter(run => workloadOf(run) === workloadOf(runs[0]));
		return runs.indexOf(candidates.reduce((a, b) => value(b) < value(a) ? b : a));
	}

	/** The segment where most of the time goes. */
	function longest() {
		let best = 0;
		run.segments.forEach((segment, i) => {
			if (segment.latency_cycles > run.segments[best].latency_cycles) {
				best = i;
			}
		});
		return best;
	}

	const shorten = names => names.length <= 3 ? names.join(", ") : names[0] + ", " + names[1] + ", … " + names[names.length - 1];

	function segmentColumns(begins, link) {
		const memory = scale("bytes", run.segments.map(segment => segment.memory_bytes));
		const energy = scale("picojoules", run.segments.map(segment => segment.energy_picojoules));
		const number = link ? { cell: (segment, i) => element("button", { type: "button", class: "link", "aria-label": "Show segment " + (i + 1), onclick: () => selectSegment(i, true) }, String(i + 1)) } : {};
		return [
			Object.assign({ title: "Segment", key: "segment", value: (segment, i) => i + 1, format: whole }, number),
			{ title: "Operators", wide: true, key: "operators", value: segment => segment.operators.join(" "), cell: segment => shorten(segment.operators) },
			{ title: "Depth", unit: "operators", key: "depth", value: segment => segment.depth, format: whole },
			{ title: "Begin", unit: "cycles", key: "begin_cycles", value: (segment, i) => begins[i], format: whole },
			{ title: "Latency", unit: "cycles", key: "latency_cycles", value: segment => segment.latency_cycles, format: whole },
			{ title: "Share", unit: "% of the run", key: "latency_share", value: segment => segment.latency_cycles / run.latency_cycles, format: percent },
			{ title: "Bottleneck", short: true, key: "bottleneck", value: segment => segment.bottleneck, cell: segment => element("span", {}, swatch(KIND_COLORS[kindOf(segment)]), segment.bottleneck) },
			{ title: "Organization", short: true, key: "organization", value: segment => segment.organization },
			{ title: "PEs", key: "pes", value: segment => segment.pes.join(" "), cell: segment => runsOf(segment.pes) },
			{ title: "Granularity", unit: "elements", key: "granularity_elements", value: segment => segment.granularity_elements.join(" "), cell: segment => runsOf(segment.granularity_elements) || "–" },
			{ title: "Intervals", unit: "at most", key: "intervals", value: segment => segment.intervals, format: whole },
			{ title: "Interval", unit: "cycles", key: "interval_cycles", value: segment => segment.interval_cycles, format: significant },
			{ title: "Memory traffic", unit: memory.unit, key: "memory_bytes", value: segment => segment.memory_bytes, format: memory.format },
			{ title: "Link load", unit: "cycles / interval", key: "max_link_load_cycles", value: segment => segment.max_link_load_cycles, format: significant },
			{ title: "Mean hops", key: "mean_hops", value: segment => segment.mean_hops, format: ratio },
			{ title: "Energy", unit: energy.unit, key: "energy_picojoules", value: segment => segment.energy_picojoules, format: energy.format }
		];
	}

	/** 8 × 1,024; 64: equal neighbours once. More than three groups: their range. */
	function runsOf(values) {
		const groups = [];
		for (const value of values) {
			if (groups.length && groups[groups.length - 1][0] === value) {
				groups[groups.length - 1][1]++;
			} else {
				groups.push([value, 1]);
			}
		}
		return groups.length > 3 ? whole(Math.min(...values)) + " to " + whole(Math.max(...values))
			: groups.map(([value, times]) => (times > 1 ? times + "\u00a0×\u00a0" : "") + whole(value)).join("; ");
	}

	function swatch(color) {
		const made = element("span", { class: "swatch", "aria-hidden": "true" });
		made.style.background = color;
		return made;
	}

	function drawTimeline(begins, end) {
		const parent = byId("run-figures");
		discard(parent);
		const kinds = [...KINDS, "other"].filter(kind => run.segments.some(segment => kindOf(segment) === kind));
		timeline = figure(parent, {
			id: "timeline", title: "Timeline of the segments",
			caption: "Each bar is a segment: from its begin to its end in cycles, as high as it is deep in operators, coloured by what bounds it. The chosen segment has a frame; click a bar to choose another, or use the table below.",
			height: 280, names: kinds,
			columns: segmentColumns(begins, false), rows: run.segments,
			onclick: hit => hit.data && selectSegment(hit.data.segment, false),
			option: top => ({
				grid: { left: 22, right: 24, top: top + 8, bottom: 78, containLabel: true },
				tooltip: tooltip(hit => {
					const segment = run.segments[hit.data.segment];
					return ["Segment " + (hit.data.segment + 1) + ": " + shorten(segment.operators), segment.depth + (segment.depth > 1 ? " operators, " : " operator, ") + segment.organization,
						whole(begins[hit.data.segment]) + " to " + whole(begins[hit.data.segment] + segment.latency_cycles) + " cycles", "bound by " + segment.bottleneck];
				}),
				dataZoom: [{ type: "slider", bottom: 8, height: 22, filterMode: "none", labelFormatter: short, textStyle: { color: themeColor("text") }, borderColor: themeColor("line") }],
				xAxis: axis({ type: "value", min: 0, max: end, name: "time (cycles)", nameGap: 26, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "value", min: 0, minInterval: 1, name: "depth (operators)", nameGap: 30 }),
				series: kinds.map(kind => ({
					name: kind, type: "custom", clip: true, itemStyle: { color: KIND_COLORS[kind] }, encode: { x: [0, 1], y: 2 },
					data: run.segments.map((segment, i) => ({ value: [begins[i], begins[i] + segment.latency_cycles, segment.depth], segment: i })).filter(item => kindOf(run.segments[item.segment]) === kind),
					renderItem: (params, api) => {
						const [x, y] = api.coord([api.value(0), api.value(2)]);
						const [x2, y2] = api.coord([api.value(1), 0]);
						const area = params.coordSys;
						const shape = echarts.graphic.clipRectByRect({ x, y, width: Math.max(1, x2 - x), height: y2 - y }, { x: area.x, y: area.y, width: area.width, height: area.height });
						const isChosen = run.segments[chosen] && begins[chosen] === api.value(0);
						return shape && { type: "rect", shape, z2: isChosen ? 10 : 1, style: { fill: KIND_COLORS[kind], stroke: themeColor(isChosen ? "text" : "page"), lineWidth: isChosen ? 2.5 : shape.width > 4 ? 1 : 0 } };
					}
				}))
			})
		});
	}

	const USES = [["working", "weights and chunks", PALETTE[1]], ["staged", "chunks from or to memory", PALETTE[4]], ["held", "held for the next segment", PALETTE[2]],
		["skip", "held past the segment", PALETTE[3]]];

	/** What takes space in the buffer meanwhile; a tensor that is there before and after is held past the segment. */
	function usesOf(index) {
		const among = i => i >= 0 ? run.segments[i].held_tensors : [];
		const uses = {};
		for (const part of run.segments[index].detail.buffer) {
			const use = part.use === "held" && among(index - 1).includes(part.tensor) && among(index).includes(part.tensor) ? "skip" : part.use;
			uses[use] = uses[use] || { bytes: 0, tensors: [] };
			uses[use].bytes += part.bytes;
			uses[use].tensors.push(part.tensor);
		}
		return uses;
	}

	/** Buffer over time, memory traffic by tensor, and how far the simulator is from the model. */
	function drawInside(begins, end) {
		const parent = byId("run-figures");
		const made = [];
		if (run.segments.every(segment => segment.detail)) {
			made.push(bufferOverTime(parent, begins, end), trafficByTensor(parent));
		}
		if (isSimulated(run)) {
			made.push(simulatedSegments(parent));
		}
		made.filter(Boolean).forEach(chart => draw(chart));
	}

	function bufferOverTime(parent, begins, end) {
		const rows = run.segments.map((segment, i) => ({ segment, i, uses: usesOf(i) }));
		const used = USES.filter(([use]) => rows.some(row => row.uses[use]));
		const bytes = (row, use) => row.uses[use] ? row.uses[use].bytes : 0;
		const unit = scale("bytes", rows.map(row => sum(used.map(([use]) => bytes(row, use)))));
		return figure(parent, {
			id: "buffer", title: "Global buffer over time (" + unit.unit + ")", height: 240, names: used.map(([, name]) => name),
			caption: "What takes space in the global buffer during each segment. Tensors held past a segment are skip connections and the like: made before it, read after it. What is fetched ahead for the next segment is not counted.",
			columns: [{ title: "Segment", key: "segment", value: row => row.i + 1, format: whole }, { title: "Begin", unit: "cycles", key: "begin_cycles", value: row => begins[row.i], format: whole },
				...used.map(([use, name]) => ({ title: name, unit: unit.unit, key: use + "_bytes", value: row => bytes(row, use), format: unit.format })),
				textColumn("Tensors held", "held_tensors", row => ["held", "skip"].flatMap(use => row.uses[use] ? row.uses[use].tensors : []).join(" "))],
			rows,
			onclick: hit => hit.data && selectSegment(hit.data.segment, false),
			option: top => ({
				grid: { left: 22, right: 24, top: top + 8, bottom: 34, containLabel: true },
				tooltip: tooltip(hit => {
					const row = rows[hit.data.segment];
					const use = USES.find(([, name]) => name === hit.seriesName)[0];
					return ["Segment " + (row.i + 1) + ": " + hit.seriesName, inUnit("bytes", bytes(row, use)), ...row.uses[use].tensors.filter(Boolean).slice(0, 12)];
				}),
				xAxis: axis({ type: "value", min: 0, max: end, name: "time (cycles)", nameGap: 26, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "value", min: 0, name: unit.unit, nameGap: 40, axisLabel: { formatter: short } }),
				series: used.map(([use, name, color], level) => ({
					name, type: "custom", clip: true, itemStyle: { color }, encode: { x: [0, 1], y: [2, 3] },
					data: rows.filter(row => row.uses[use]).map(row => {
						const below = sum(used.slice(0, level).map(([other]) => bytes(row, other)));
						return { value: [begins[row.i], begins[row.i] + row.segment.latency_cycles, below / unit.size, (below + bytes(row, use)) / unit.size], segment: row.i };
					}),
					renderItem: (params, api) => {
						const [x, y] = api.coord([api.value(0), api.value(3)]);
						const [x2, y2] = api.coord([api.value(1), api.value(2)]);
						return { type: "rect", shape: { x, y, width: Math.max(0.5, x2 - x), height: y2 - y }, style: { fill: color } };
					}
				}))
			})
		});
	}

	function trafficByTensor(parent) {
		const tensors = new Map();
		for (const segment of run.segments) {
			for (const each of segment.detail.traffic) {
				const key = (each.weights ? "weights of " : "") + each.tensor;
				const known = tensors.get(key) || { name: key, weights: each.weights, read: 0, write: 0 };
				known.read += each.read_bytes;
				known.write += each.write_bytes;
				tensors.set(key, known);
			}
		}
		const rows = [...tensors.values()].sort((a, b) => b.read + b.write - a.read - a.write);
		if (!rows.length) {
			return null;
		}
		const most = 20;
		const rest = rows.slice(most);
		const shown = rest.length ? [...rows.slice(0, most), { name: rest.length + " others", read: sum(rest.map(row => row.read)), write: sum(rest.map(row => row.write)) }] : rows;
		const unit = scale("bytes", rows.map(row => row.read + row.write));
		return figure(parent, {
			id: "traffic", title: "Memory traffic by tensor (" + unit.unit + ")", height: 70 + shown.length * 22, names: ["read", "written"],
			caption: "Bytes between memory and the global buffer over the whole run" + (rest.length ? "; the " + most + " tensors with the most, and all others together" : "") + ".",
			columns: [textColumn("Tensor", "tensor", row => row.name), { title: "Read", unit: unit.unit, key: "read_bytes", value: row => row.read, format: unit.format },
				{ title: "Written", unit: unit.unit, key: "write_bytes", value: row => row.write, format: unit.format }],
			rows,
			option: top => ({
				grid: { left: 8, right: 24, top: top + 4, bottom: 30, containLabel: true },
				tooltip: tooltip(hit => [hit.name, hit.seriesName + ": " + inUnit("bytes", hit.value * unit.size)]),
				xAxis: axis({ type: "value", name: unit.unit, nameGap: 28, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "category", inverse: true, data: shown.map(row => row.name), axisLabel: { width: 170, overflow: "truncate", interval: 0, hideOverlap: false } }),
				series: [["read", PALETTE[0]], ["written", PALETTE[1]]].map(([name, color], i) => ({ name, type: "bar", stack: "traffic", barMaxWidth: 16, itemStyle: { color }, data: shown.map(row => (i ? row.write : row.read) / unit.size) }))
			})
		});
	}

	function simulatedSegments(parent) {
		const rows = run.segments.map((segment, i) => ({ segment, i, cycles: run.simulation.segment_cycles[i] }));
		const off = row => row.cycles / row.segment.latency_cycles - 1;
		return figure(parent, {
			id: "simulated-segments", title: "Simulator against model, by segment (%)", height: 220, names: [],
			caption: "By how much the simulator takes longer (above 0) or shorter than the model for each segment of the run.",
			columns: [{ title: "Segment", key: "segment", value: row => row.i + 1, format: whole }, { title: "Model", unit: "cycles", key: "latency_cycles", value: row => row.segment.latency_cycles, format: whole },
				{ title: "Simulator", unit: "cycles", key: "simulated_cycles", value: row => row.cycles, format: whole }, { title: "Difference", unit: "%", key: "difference", value: off, format: percent }],
			rows,
			onclick: hit => selectSegment(hit.dataIndex, false),
			option: top => ({
				grid: { left: 22, right: 24, top: top + 8, bottom: 34, containLabel: true },
				tooltip: tooltip(hit => ["Segment " + (hit.dataIndex + 1), percent(off(rows[hit.dataIndex])) + " %"]),
				xAxis: axis({ type: "category", data: rows.map(row => row.i + 1), name: "segment", nameGap: 26 }),
				yAxis: axis({ type: "value", name: "%", nameGap: 40 }),
				series: [{ type: "bar", itemStyle: { color: PALETTE[0] }, data: rows.map(row => 100 * off(row)) }]
			})
		});
	}

	function drawSegments(begins) {
		const made = table("Segments of the run", segmentColumns(begins, true), run.segments);
		made.id = "segments";
		segmentRows = [...made.querySelector("tbody").rows];
		byId("run-figures").append(element("h3", {}, "Segments"), made,
			element("div", { class: "controls" }, csvButton(result.study + "-segments", made.querySelector("table"), "segments of the run")));
	}

	/** What the segment would cost with the best choice that was not taken. */
	function nextBest(segment) {
		const next = segment.next_best;
		if (!next) {
			return "none: the policy had no other";
		}
		const compare = (ours, other) => ours === other ? "the same" : ours === 0 ? "" : (other > ours ? "+" : "−") + percent(Math.abs(other / ours - 1)) + " %";
		return next.organization + ", order " + next.order + ", at most " + whole(next.intervals) + " intervals: " + whole(next.latency_cycles) + " cycles ("
			+ compare(segment.latency_cycles, next.latency_cycles) + "), " + inUnit("picojoules", next.energy_picojoules) + " (" + compare(segment.energy_picojoules, next.energy_picojoules)
			+ "), memory " + inUnit("bytes", next.memory_bytes) + (segment.memory_bytes ? " (" + compare(segment.memory_bytes, next.memory_bytes) + ")" : "");
	}

	function selectSegment(index, scroll) {
		chosen = index;
		highlighted = -1;
		const segment = run.segments[index];
		segmentRows.forEach((row, i) => {
			row.classList.toggle("chosen", i === index);
			if (i === index) {
				row.setAttribute("aria-current", "true");
				const region = row.closest(".scroll");
				const hidden = row.offsetTop + row.offsetHeight - region.clientHeight;
				region.scrollTop = Math.min(Math.max(region.scrollTop, hidden), row.offsetTop - row.parentElement.rows[0].offsetTop);
			} else {
				row.removeAttribute("aria-current");
			}
		});
		draw(timeline);
		byId("segment-title").textContent = "Segment " + (index + 1) + " of " + run.segments.length + ": " + segment.organization;
		byId("segment-previous").disabled = index === 0;
		byId("segment-next").disabled = index === run.segments.length - 1;
		facts(byId("segment-facts"), [
			["Latency", whole(segment.latency_cycles) + " cycles"],
			["Bound by", segment.bottleneck],
			["Interval", significant(segment.interval_cycles) + " cycles, at most " + whole(segment.intervals) + " intervals"],
			["Link load", significant(segment.max_link_load_cycles) + " cycles / interval"],
			["Mean hops", ratio(segment.mean_hops)],
			["Memory traffic", inUnit("bytes", segment.memory_bytes)],
			["Energy", inUnit("picojoules", segment.energy_picojoules)],
			["Chunks handed over", segment.granularity_elements.length ? runsOf(segment.granularity_elements) + " elements" : "none"],
			["Next best choice", nextBest(segment), true],
			["Why it ends here", segment.depth_end || "–", true],
			["Held in the buffer afterwards", segment.held_tensors.length ? segment.held_tensors.join(", ") : "nothing", true]
		]);
		const operators = table("Operators of the segment", [
			{ title: "Operator", key: "operator", value: row => row.name, cell: row => element("button", { type: "button", class: "link", "aria-pressed": "false", title: "Highlight in the array", onclick: event => highlight(row.index, event.currentTarget) }, swatch(operatorColor(row.index)), row.name) },
			{ title: "PEs", key: "pes", value: row => segment.pes[row.index], format: whole },
			{ title: "Share", unit: "% of the array", key: "pe_share", value: row => segment.pes[row.index] / (run.array_rows * run.array_columns), format: percent },
			{ title: "Loop order, outermost first", key: "order", value: row => segment.orders[row.index] }
		], segment.operators.map((name, i) => ({ name, index: i })));
		byId("segment-operators").replaceChildren(operators, element("div", { class: "controls" }, csvButton(result.study + "-segment-" + (index + 1), operators.querySelector("table"), "operators of the segment")));
		const inside = byId("segment-figures");
		discard(inside);
		if (segment.detail && segment.depth > 1) {
			draw(intervals(inside, segment));
		}
		drawArray();
		listLinks();
		if (scroll) {
			byId("segment").scrollIntoView({ block: "start" });
			byId("segment-title").setAttribute("tabindex", "-1");
			byId("segment-title").focus({ preventScroll: true });
		}
	}

	/** When the operators of a segment work: filling until the last of them begins, draining from when the first of them ends. */
	function intervals(parent, segment) {
		const { begin_cycles: begin, end_cycles: end } = segment.detail;
		const filled = Math.max(...begin);
		const drained = Math.max(filled, Math.min(...end));
		const phases = [["filling", 0, filled, PALETTE[4]], ["steady", filled, drained, PALETTE[2]], ["draining", drained, Math.max(...end), PALETTE[1]]];
		return figure(parent, {
			id: "intervals", title: "Intervals of the operators (cycles)", height: 60 + segment.depth * 24, names: phases.map(([name]) => name),
			caption: "From the first interval of each operator to the results of its last one; time 0 is when the first inputs and weights are there. Filling lasts until the last operator begins, draining begins when the first one ends."
				+ (takesTurns(segment) ? " The operators take turns: only one works at a time." : ""),
			columns: [textColumn("Operator", "operator", row => row.name), { title: "Begin", unit: "cycles", key: "begin_cycles", value: row => begin[row.i], format: one },
				{ title: "End", unit: "cycles", key: "end_cycles", value: row => end[row.i], format: one }, { title: "Intervals", key: "intervals", value: row => segment.detail.intervals[row.i], format: whole }],
			rows: segment.operators.map((name, i) => ({ name, i })),
			option: top => ({
				grid: { left: 8, right: 24, top: top + 4, bottom: 30, containLabel: true },
				tooltip: tooltip(hit => [segment.operators[hit.value[2]], hit.seriesName, one(begin[hit.value[2]]) + " to " + one(end[hit.value[2]]) + " cycles", whole(segment.detail.intervals[hit.value[2]]) + " intervals"]),
				xAxis: axis({ type: "value", min: 0, max: Math.max(...end), name: "cycles", nameGap: 26, axisLabel: { formatter: short } }),
				yAxis: axis({ type: "category", inverse: true, data: segment.operators, axisLabel: { width: 150, overflow: "truncate", interval: 0, hideOverlap: false } }),
				series: phases.map(([name, from, to, color]) => ({
					name, type: "custom", itemStyle: { color }, encode: { x: [0, 1], y: 2 },
					data: segment.operators.map((operator, i) => [Math.max(from, begin[i]), Math.min(to, end[i]), i]).filter(([left, right]) => right > left),
					renderItem: (params, api) => {
						const [x, y] = api.coord([api.value(0), api.value(2)]);
						const [x2] = api.coord([api.value(1), api.value(2)]);
						const height = api.size([0, 1])[1] * 0.65;
						return { type: "rect", shape: { x, y: y - height / 2, width: Math.max(1, x2 - x), height }, style: { fill: color } };
					}
				}))
			})
		});
	}

	function highlight(operator, button) {
		highlighted = highlighted === operator ? -1 : operator;
		byId("segment-operators").querySelectorAll("[aria-pressed]").forEach(other => other.setAttribute("aria-pressed", String(other === button && highlighted === operator)));
		drawArray();
	}

	// The PE array.

	const takesTurns = segment => segment.organization === "turn-taking";
	const SHARED = "#8fa3b5";

	const ownerOf = text => text === "-" ? -1 : Number(text);

	/** Values of "0*16 -*2". */
	function expand(text) {
		return text.split(" ").flatMap(part => {
			const [value, times] = part.split("*");
			return new Array(Number(times)).fill(ownerOf(value));
		});
	}

	const owned = new WeakMap();

	/** Rows of operators, by PE. */
	function ownersOf(segment) {
		if (!owned.has(segment)) {
			const rows = [];
			for (const text of segment.owners.rows) {
				rows.push(text.startsWith("<") ? [...rows[rows.length - 1].slice(1), ownerOf(text.substring(1))] : expand(text));
			}
			owned.set(segment, expand(segment.owners.order).map(row => rows[row]));
		}
		return owned.get(segment);
	}

	let cell = 1;

	const HEAT = ["#fde3c8", "#fdd09c", "#fcb873", "#f99b4e", "#f07c33", "#e25d22", "#cb4117", "#aa2a12", "#841a10", "#5b0d0d"];
	/** The busier, the farther from the page's background. */
	const heat = tenth => HEAT[isDark() ? HEAT.length - 1 - tenth : tenth];
	const showsLinks = () => byId("show-links").checked && run.segments[chosen].detail;

	/** The links of the chosen segment that carry something: the rows of their table. */
	function linksOf(segment) {
		return segment.detail.links.grids.flatMap(grid => expand(grid.order).flatMap((row, r) => [...run.link_rows[row]].map((tenth, c) => ({ tenth, r, c, rows: grid.rows, columns: grid.columns }))))
			.filter(link => link.tenth !== ".").map(link => Object.assign(link, { tenth: Number(link.tenth) }));
	}

	/** Links as lines from router to router, those that lead on more than one as bows; the busiest last. */
	function drawLinks(paint, size) {
		paint.lineWidth = Math.max(1, size / 9);
		for (const link of linksOf(run.segments[chosen]).sort((a, b) => a.tenth - b.tenth)) {
			const [x, y] = [(link.c + 0.5) * size, (link.r + 0.5) * size];
			const [x2, y2] = [x + link.columns * size, y + link.rows * size];
			const length = Math.hypot(link.columns, link.rows);
			// the two directions of a pair lie beside each other; long links bow out
			const aside = (length > 1 ? Math.min(0.45, 0.2 + 0.05 * length) : 0.12) * size;
			const [dx, dy] = [-link.rows / length * aside, link.columns / length * aside];
			paint.strokeStyle = heat(link.tenth);
			paint.beginPath();
			if (length > 1) {
				paint.moveTo(x, y);
				paint.quadraticCurveTo((x + x2) / 2 + 2 * dx, (y + y2) / 2 + 2 * dy, x2, y2);
			} else {
				paint.moveTo(x + dx, y + dy);
				paint.lineTo(x2 + dx, y2 + dy);
			}
			paint.stroke();
		}
	}

	/** The table of the links, made when it is asked for. */
	function listLinks() {
		const segment = run.segments[chosen];
		byId("array-controls").hidden = !segment.detail;
		const parent = byId("array-links");
		parent.replaceChildren();
		if (!segment.detail || !segment.detail.links.grids.length) {
			return;
		}
		const most = 2000;
		let made = null;
		const make = () => {
			if (!made) {
				const links = linksOf(segment).sort((a, b) => b.tenth - a.tenth || a.r - b.r || a.c - b.c || a.rows - b.rows || a.columns - b.columns);
				const place = (r, c) => "(" + r + "," + c + ")";
				made = table("Links of the segment", [textColumn("From (row, column)", "from", link => place(link.r, link.c)), textColumn("To", "to", link => place(link.r + link.rows, link.c + link.columns)),
					{ title: "Load, at most", unit: "cycles / interval", key: "load_cycles_at_most", value: link => (link.tenth + 1) / 10 * segment.detail.links.max_cycles, format: significant },
					{ title: "Of the busiest, at most", unit: "%", key: "load_share_at_most", value: link => (link.tenth + 1) / 10, format: percent }], links.slice(0, most));
				details.append(made);
				if (links.length > most) {
					details.append(element("p", { class: "note" }, "The " + whole(most) + " busiest of " + whole(links.length) + " links; result.json holds all."));
				}
			}
			return made.querySelector("table");
		};
		const details = element("details", {}, element("summary", {}, "Links as a table"));
		details.addEventListener("toggle", make);
		if (run.array_rows * run.array_columns <= 64) {
			make();
		}
		parent.append(details, element("div", { class: "controls" }, csvButton(result.study + "-segment-" + (chosen + 1) + "-links", make, "links of the segment")));
	}

	function drawArray() {
		const segment = run.segments[chosen];
		const owners = ownersOf(segment);
		const [rows, columns] = [run.array_rows, run.array_columns];
		const canvas = byId("array");
		const width = Math.min(560, canvas.parentElement.clientWidth || 320);
		const dots = window.devicePixelRatio || 1;
		cell = Math.max(1 / dots, Math.min(40, width / columns, 560 / rows));
		const [w, h] = [cell * columns, cell * rows];
		canvas.width = Math.round(w * dots);
		canvas.height = Math.round(h * dots);
		canvas.style.width = w + "px";
		canvas.style.height = h + "px";
		const paint = canvas.getContext("2d");
		paint.fillStyle = themeColor("unused");
		paint.fillRect(0, 0, canvas.width, canvas.height);
		const size = cell * dots;
		const gap = size >= 5 ? 1 : 0;
		const edge = i => Math.round(i * size);
		for (let r = 0; r < rows; r++) {
			for (let c = 0; c < columns; c++) {
				const owner = owners[r][c];
				if (owner >= 0) {
					paint.globalAlpha = (highlighted < 0 || highlighted === owner || takesTurns(segment) ? 1 : 0.18) * (showsLinks() ? 0.45 : 1);
					paint.fillStyle = !takesTurns(segment) ? operatorColor(owner) : highlighted < 0 ? SHARED : operatorColor(highlighted);
					paint.fillRect(edge(c), edge(r), edge(c + 1) - edge(c) - gap, edge(r + 1) - edge(r) - gap);
				}
			}
		}
		paint.globalAlpha = 1;
		if (showsLinks()) {
			drawLinks(paint, size);
		}
		const used = sum(owners.map(row => row.filter(owner => owner >= 0).length));
		canvas.setAttribute("aria-label", "PE array of " + rows + " rows by " + columns + " columns, " + segment.organization + "; the operators and their PEs follow as a table.");
		byId("array-caption").textContent = rows + " × " + columns + " PEs, row 0 on top, " + segment.organization + ". "
			+ (takesTurns(segment) ? "The operators take turns on the whole array, chunk by chunk. " : "")
			+ (used < rows * columns ? whole(rows * columns - used) + " PEs are unused (grey). " : "")
			+ (showsLinks() ? !segment.detail.links.grids.length ? "Nothing moves between PEs. " : "Links by load, from " + (isDark() ? "dark to light" : "light to dark") + " in tenths of the busiest; long links bow out. The busiest takes "
				+ significant(segment.detail.links.max_cycles) + " cycles for an interval" + (takesTurns(segment) ? ", all turns together. " : ". ") : "")
			+ (highlighted >= 0 ? "Highlighted: " + segment.operators[highlighted] + "." : segment.depth > 1 ? "Choose an operator to highlight its PEs." : "");
	}

	function hover(event) {
		const segment = run.segments[chosen];
		const box = byId("array").getBoundingClientRect();
		const column = Math.floor((event.clientX - box.left) / cell);
		const row = Math.floor((event.clientY - box.top) / cell);
		const owner = (ownersOf(segment)[row] || [])[column];
		byId("array").title = owner === undefined ? "" : "PE (" + row + "," + column + "): " + (owner < 0 ? "unused" : takesTurns(segment) ? "all operators in turn" : segment.operators[owner]);
	}

	// Theme, size, print.

	function refresh(width) {
		charts.forEach(chart => draw(chart, width));
		if (run) {
			drawArray();
		}
	}

	const dark = window.matchMedia("(prefers-color-scheme: dark)");

	function isDark() {
		return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
	}

	function theme() {
		const button = byId("theme");
		const label = () => button.textContent = isDark() ? "Light theme" : "Dark theme";
		button.addEventListener("click", () => {
			root.dataset.theme = isDark() ? "light" : "dark";
			label();
			refresh();
		});
		dark.addEventListener("change", () => {
			label();
			refresh();
		});
		label();
	}

	theme();
	summary();
	const answers = byId("answers-table");
	if (answers) {
		sortable(answers);
		answers.parentElement.after(element("div", { class: "controls" }, csvButton(result.study + "-simulators", answers, "numbers of other simulators")));
	}
	if (runs.length) {
		const select = byId("run-select");
		select.append(...runs.map((run, i) => element("option", { value: String(i) }, workloadOf(run) + ": " + mapperOf(run))));
		select.addEventListener("change", () => selectRun(Number(select.value)));
		byId("segment-previous").addEventListener("click", () => selectSegment(chosen - 1, false));
		byId("segment-next").addEventListener("click", () => selectSegment(chosen + 1, false));
		byId("array").addEventListener("mousemove", hover);
		byId("show-links").addEventListener("change", drawArray);
		selectRun(best());
		follow();
		window.addEventListener("hashchange", follow);
	}

	let width = window.innerWidth;
	window.addEventListener("resize", () => {
		if (window.innerWidth !== width) {
			width = window.innerWidth;
			refresh();
		}
	});
	let shownTheme;
	window.addEventListener("beforeprint", () => {
		shownTheme = root.dataset.theme;
		root.dataset.theme = "light";
		refresh(680);
	});
	window.addEventListener("afterprint", () => {
		if (shownTheme) {
			root.dataset.theme = shownTheme;
		} else {
			delete root.dataset.theme;
		}
		refresh();
	});
})();
