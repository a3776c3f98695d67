import { Delaunay } from "d3-delaunay";
import type { FeatureCollection } from "geojson";
import { intersection } from "polyclip-ts";
import { merge } from "topojson-client";
import { topology } from "topojson-server";
import type { GeometryCollection, Polygon } from "topojson-specification";
import { contains } from "../../core/areas/position-in-land.ts";
import type { Ring, Shape } from "./divisions.ts";
import { divisionOf } from "./divisions.ts";
import type { Part } from "./land.ts";
import type { Point } from "./points.ts";

/** Land of one kabupaten/kota. */
export interface Cell {
	owner: string;
	shapes: Shape[];
}

/**
 * Divides the land among the kabupaten/kota. A piece of land that holds no seat goes as a whole to the kabupaten/kota
 * whose islands and kecamatan lie on it; one that holds seats is divided by nearness to the points on it (Voronoi).
 */
export function divideLand(parts: Part[], points: Point[]): Cell[] {
	const shapes = new Map<string, Shape[]>();
	for (const part of parts) {
		const on = points.filter(
			({ owner, x, y }) =>
				divisionOf(owner) === part.division &&
				x >= part.box[0] &&
				x <= part.box[2] &&
				y >= part.box[1] &&
				y <= part.box[3] &&
				contains(part.shape, x, y),
		);
		for (const { owner, shapes: own } of divide(part, on, points)) {
			const known = shapes.get(owner);
			if (known) known.push(...own);
			else shapes.set(owner, own);
		}
	}
	return [...shapes]
		.map(([owner, own]) => ({ owner, shapes: own }))
		.sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

function divide(part: Part, on: Point[], all: Point[]): Cell[] {
	const hasSeat = on.some(({ kind }) => kind === "seat");
	if (!hasSeat)
		return [
			{
				owner: mostCommon(on) ?? nearestOwner(part, all),
				shapes: [part.shape],
			},
		];
	const points = connect(distinct(on));
	const owners = new Set(points.map(({ owner }) => owner));
	if (owners.size === 1)
		return [{ owner: points[0].owner, shapes: [part.shape] }];
	return dissolve(part, points).flatMap(({ owner, shapes }) => {
		const land = intersection(
			shapes as [number, number][][][],
			part.shape,
		) as Shape[];
		return land.length === 0 ? [] : [{ owner, shapes: land }];
	});
}

/** The owner of most points, the lower code among equals; ring points do not count. */
function mostCommon(points: Point[]): string | undefined {
	const counts = new Map<string, number>();
	for (const { owner, kind } of points)
		if (kind !== "ring") counts.set(owner, (counts.get(owner) ?? 0) + 1);
	return [...counts].sort(
		(a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
	)[0]?.[0];
}

function nearestOwner({ division, box }: Part, points: Point[]): string {
	const x = (box[0] + box[2]) / 2;
	const y = (box[1] + box[3]) / 2;
	const near = points.filter(
		({ owner, kind }) => kind !== "ring" && divisionOf(owner) === division,
	);
	return near.reduce((a, b) =>
		Math.hypot(a.x - x, a.y - y) <= Math.hypot(b.x - x, b.y - y) ? a : b,
	).owner;
}

/** One point a place; a seat before all others, so that it always keeps its own cell. */
function distinct(points: Point[]): Point[] {
	const rank = { seat: 0, kecamatan: 1, village: 2, island: 3, ring: 4 };
	const kept = new Map<string, Point>();
	for (const point of [...points].sort((a, b) => rank[a.kind] - rank[b.kind])) {
		const key = `${point.x.toFixed(4)} ${point.y.toFixed(4)}`;
		if (!kept.has(key)) kept.set(key, point);
	}
	return [...kept.values()];
}

/**
 * Gives points that lie apart from their own kabupaten/kota to the neighbours around them, so that a misplaced name
 * makes no exclave. A group without a seat stays when its owner has no seat on this land and no larger group.
 */
function connect(points: Point[]): Point[] {
	const { neighbors } = neighboursOf(points);
	const result = points.map((point) => ({ ...point }));
	for (let pass = 0; pass < 4; pass++) {
		const groups = groupsOf(result, neighbors);
		const main = new Map<string, number[]>();
		for (const group of groups) {
			const { owner } = result[group[0]];
			const best = main.get(owner);
			if (!best || strength(result, group) > strength(result, best))
				main.set(owner, group);
		}
		let changed = false;
		for (const group of groups) {
			const { owner } = result[group[0]];
			if (main.get(owner) === group) continue;
			const around = group
				.flatMap((i) => neighbors[i])
				.map((i) => result[i])
				.filter(
					(other) =>
						other.owner !== owner &&
						!group.some((i) => result[i].around === other.owner),
				);
			const next = mostCommon(around);
			if (!next) continue;
			for (const i of group) result[i].owner = next;
			changed = true;
		}
		if (!changed) break;
	}
	return result;
}

function strength(points: Point[], group: number[]): number {
	return group.reduce((sum, i) => {
		const { kind } = points[i];
		if (kind === "seat") return sum + 10_000;
		return sum + (kind === "kecamatan" || kind === "village" ? 10 : 1);
	}, 0);
}

function neighboursOf(points: Point[]): { neighbors: number[][] } {
	const delaunay = Delaunay.from(
		points,
		({ x }) => x,
		({ y }) => y,
	);
	// of two points alone it gives neighbours that do not exist
	return {
		neighbors: points.map((_, i) =>
			[...delaunay.neighbors(i)].filter((j) => points[j] !== undefined),
		),
	};
}

function groupsOf(points: Point[], neighbors: number[][]): number[][] {
	const seen = new Set<number>();
	const groups: number[][] = [];
	for (let start = 0; start < points.length; start++) {
		if (seen.has(start)) continue;
		const group = [start];
		seen.add(start);
		for (const i of group)
			for (const j of neighbors[i])
				if (!seen.has(j) && points[j].owner === points[start].owner) {
					seen.add(j);
					group.push(j);
				}
		groups.push(group);
	}
	return groups;
}

/** Voronoi cells joined by owner; their borders share vertices exactly. */
function dissolve({ box }: Part, points: Point[]): Cell[] {
	const voronoi = Delaunay.from(
		points,
		({ x }) => x,
		({ y }) => y,
	).voronoi([box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1]);
	const round = (value: number): number => Math.round(value * 1e6) / 1e6;
	const cells = points.map(({ owner }, i) => ({
		type: "Feature" as const,
		properties: { owner },
		geometry: {
			type: "Polygon" as const,
			coordinates: [
				(voronoi.cellPolygon(i) as Ring).map(([x, y]): [number, number] => [
					round(x),
					round(y),
				]),
			],
		},
	}));
	const collection: FeatureCollection = {
		type: "FeatureCollection",
		features: cells,
	};
	const joined = topology({ cells: collection });
	const { geometries } = joined.objects.cells as GeometryCollection;
	const byOwner = Map.groupBy(
		geometries as Polygon<{ owner: string }>[],
		({ properties }) => properties?.owner ?? "",
	);
	return [...byOwner].map(([owner, own]) => ({
		owner,
		shapes: merge(joined, own).coordinates as Shape[],
	}));
}
