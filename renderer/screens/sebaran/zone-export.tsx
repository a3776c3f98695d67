import { ActionIcon, Menu } from "@mantine/core";
import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { ZoneCourse } from "../../../core/api/zones.ts";
import { ZONES } from "../../../core/epidemic/zone-transition.ts";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { copyText } from "../../parts/table/copy-text.ts";
import {
	type CsvCell,
	type CsvForm,
	clipboardForm,
	csvTable,
} from "../../parts/ui/csv.ts";
import { CsvItems } from "../../parts/ui/csv-items.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import type { AreaIndex } from "../../state/area-index.ts";

const text = (value: string): CsvCell => ({ value, kind: "text" });
const number = (value: number): CsvCell => ({ value, kind: "number" });

/** The transitions, area by area, and the counts of each publication, as files; the matrix to the clipboard. */
export function ZoneExport({
	areas,
	parent,
	course,
	asKnown,
}: {
	areas: AreaIndex;
	parent: AreaRow;
	course: ZoneCourse;
	asKnown: Day | null;
}) {
	const { t, language } = useLanguage();
	const [copied, setCopied] = useState<boolean | null>(null);
	const { transition, publications } = course;
	const day = transition?.to ?? publications.at(-1)?.day ?? 0;
	const of = { area: parent, indicator: "zone" as const, day, asKnown };
	const moves = useExport({ ...of, part: "zonasi-perpindahan" });
	const flow = useExport({ ...of, part: "zonasi-mingguan" });
	const { save, notice } = useSave();
	const zoneText = (zone: (typeof ZONES)[number]) =>
		text(t(`zones.zone.${zone}`));
	const movesCsv = (form: CsvForm) =>
		csvTable(
			[
				t("zones.zoneFrom"),
				t("zones.zoneTo"),
				t("zones.fromZone"),
				t("zones.toZone"),
				t("table.code"),
				t("table.area"),
				...moves.heads,
			],
			(transition?.cells ?? []).flatMap(({ from, to, areas: ids }) =>
				ids.map((id) => {
					const area = areas.byId(id);
					return [
						text(isoFromDay(transition?.from ?? 0)),
						text(isoFromDay(transition?.to ?? 0)),
						zoneText(from),
						zoneText(to),
						{ value: area?.code ?? "", kind: "code" as const },
						text(area?.name ?? ""),
						...moves.row(day, null),
					];
				}),
			),
			form,
		);
	const flowCsv = (form: CsvForm) =>
		csvTable(
			[
				t("zones.publication"),
				...ZONES.map((zone) => t(`zones.zone.${zone}`)),
				t("zones.none"),
				...flow.heads,
			],
			publications.map(({ day: on, counts }) => [
				text(isoFromDay(on)),
				...counts.areas.map(number),
				number(counts.none),
				...flow.row(on, null),
			]),
			form,
		);
	const copyMatrix = async () => {
		const rows = ZONES.map((from) => [
			zoneText(from),
			...ZONES.map((to) =>
				number(
					transition?.cells.find((one) => one.from === from && one.to === to)
						?.areas.length ?? 0,
				),
			),
		]);
		setCopied(
			await copyText(
				csvTable(
					[t("zones.fromTo"), ...ZONES.map((zone) => t(`zones.zone.${zone}`))],
					rows,
					clipboardForm(language),
				),
			),
		);
		setTimeout(() => setCopied(null), 2_000);
	};
	const csv = (name: string, content: string) =>
		save(name, () => content, "text/csv");
	return (
		<>
			<ActionIcon
				variant="default"
				aria-label={t("zones.copy")}
				title={
					copied === null
						? t("zones.copy")
						: t(copied ? "table.copied" : "table.copyFailed")
				}
				data-testid="zone-copy"
				onClick={() => void copyMatrix()}
			>
				{copied ? <Check size="1em" /> : <Copy size="1em" />}
			</ActionIcon>
			<Menu position="bottom-end">
				<Menu.Target>
					<ActionIcon
						variant="default"
						aria-label={t("table.export")}
						title={t("table.export")}
						data-testid="zone-export"
					>
						<Download size="1em" />
					</ActionIcon>
				</Menu.Target>
				<Menu.Dropdown>
					<Menu.Label>{t("zones.movesOf")}</Menu.Label>
					<CsvItems save={(form) => csv(moves.name("csv"), movesCsv(form))} />
					<Menu.Label>{t("zones.flow")}</Menu.Label>
					<CsvItems save={(form) => csv(flow.name("csv"), flowCsv(form))} />
				</Menu.Dropdown>
			</Menu>
			{notice}
		</>
	);
}
