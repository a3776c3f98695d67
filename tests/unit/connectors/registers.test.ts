import { expect, it } from "vitest";
import type { AreaCode } from "../../../core/areas/codes.ts";
import { day } from "../../../core/series/day.ts";
import { laboratories } from "../../../hub/connectors/laboratories.ts";
import { warehouses } from "../../../hub/connectors/warehouses.ts";
import type { ConnectorContext } from "../../../hub/reports/connector.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const CONTEXT: ConnectorContext = {
	...{ tree: loadAreaTree(), bridge: null, people: () => null, asOf: null },
	...{ path: "/in/gudang.csv", received: day("2020-09-30") },
};

const read = (
	connector: typeof warehouses,
	lines: string[],
	context: Partial<ConnectorContext> = {},
) =>
	connector.parse(new TextEncoder().encode(lines.join("\n")), {
		...CONTEXT,
		...context,
	});

it("warehouses of the nation and of provinces are registered by their codes, with their position where it is told", () => {
	const { facilities, errors, lines } = read(warehouses, [
		"kode_gudang,nama,kode_wilayah,lintang,bujur",
		"GUDANG-HALIM,Gudang Halim Perdanakusuma,ID,-6.266,106.891",
		"GUDANG-BOGOR,Gudang Bogor,ID,,",
		"GUDANG-35,Gudang Dinkes Jawa Timur,35,,",
	]);
	expect(errors).toEqual([]);
	expect(lines).toBe(4);
	expect(
		facilities?.map(({ code, kind, area, position }) => ({
			...{ code, kind, area, position },
		})),
	).toEqual([
		{
			...{ code: "GUDANG-HALIM", kind: "warehouse", area: "ID" },
			position: { lat: -6.266, lng: 106.891 },
		},
		{ code: "GUDANG-BOGOR", kind: "warehouse", area: "ID" },
		{ code: "GUDANG-35", kind: "warehouse", area: "35" },
	]);
});

it("half a position, one outside the country, a place that is none and the code of a hospital are refused by their cell", () => {
	const { facilities, errors } = read(
		warehouses,
		[
			"kode_gudang,nama,kode_wilayah,lintang,bujur",
			"G1,Gudang Satu,ID,-6.2,",
			"G2,Gudang Dua,ID,106.9,-6.2",
			"G3,Gudang Tiga,Jakarta,,",
			"3507015,Gudang Empat,35,,",
		],
		{
			facilities: [
				{
					...{ code: "3507015", name: "RS Malang", kind: "hospital" },
					area: "35.07" as AreaCode,
				},
			],
		},
	);
	expect(facilities).toEqual([]);
	expect(errors.map(({ line, column }) => [line, column])).toEqual([
		[2, "bujur"],
		[3, "lintang"],
		[3, "bujur"],
		[4, "kode_wilayah"],
		[5, "kode_gudang"],
	]);
});

it("a register of one kind is none of the other", () => {
	expect(
		read(laboratories, ["kode_gudang,nama,kode_wilayah", "G1,Gudang,ID"])
			.facilities ?? [],
	).toEqual([]);
});
