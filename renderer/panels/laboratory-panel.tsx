import { addTexts } from "../i18n/add-texts.ts";
import { laboratoriesEn } from "../i18n/laboratories-en.ts";
import { laboratoriesId } from "../i18n/laboratories-id.ts";
import { LaboratoryQueue } from "../screens/logistik/laboratory-queue.tsx";
import { LaboratoryTable } from "../screens/logistik/laboratory-table.tsx";
import {
	LaboratoriesNotThere,
	useLaboratories,
} from "../screens/logistik/use-laboratories.tsx";
import type { PanelProps } from "./panel-props.ts";

addTexts("laboratories", { id: laboratoriesId, en: laboratoriesEn });

const stay = () => {};

/** What waits in the laboratories of an area, or how each of them stands, as Logistik has them. */
export default function LaboratoryPanel({
	panel,
	areas,
	selected,
}: PanelProps) {
	const found = useLaboratories({ areas, selected, select: stay });
	if (!found.shown) return <LaboratoriesNotThere {...found} className="" />;
	const Part = panel.kind === "laboratory" ? LaboratoryQueue : LaboratoryTable;
	return <Part {...found.shown} asKnown={found.asKnown} />;
}
