import {
	Button,
	NumberInput,
	Select,
	Textarea,
	TextInput,
} from "@mantine/core";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import type { Measure } from "../../../core/series/measure.ts";
import {
	PANEL_KINDS,
	type PanelKind,
	type ScenePanel,
	staleAfter,
} from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAreas } from "../../state/area-index.ts";
import { mapMeasures, nearestMeasure } from "../../state/measures.ts";
import { useIndicators } from "../../state/shown-indicators.ts";
import styles from "./desk.module.css";
import { changedAddress, pastedAddress, viewOfPanel } from "./panel-address.ts";
import { PictureForm } from "./picture-form.tsx";

/** Kinds that show one indicator, and of these those that show one measure of it. */
const OF_INDICATOR: ReadonlySet<PanelKind> = new Set([
	"kpi",
	"map",
	"time-lapse",
	"trend",
	"ranking",
	"table",
]);
const OF_MEASURE: ReadonlySet<PanelKind> = new Set([
	"map",
	"time-lapse",
	"ranking",
	"table",
]);

/** As many areas as a list offers at once. */
const OFFERED = 60;

/** What a panel shows: by choices, or by the address of a screen where it was looked at. */
export function PanelForm({
	panel,
	change,
	remove,
}: {
	panel: ScenePanel;
	change: (part: Partial<ScenePanel>) => void;
	remove: () => void;
}) {
	const { t, language } = useLanguage();
	const { upper } = useAreas();
	const indicators = useIndicators(false);
	const [typed, setTyped] = useState<string | null>(null);
	const { view } = viewOfPanel(panel, language);
	const { of } = PANEL_KINDS[panel.kind];
	const choose = (part: Parameters<typeof changedAddress>[1]) =>
		change({ address: changedAddress(panel.address, part, language) });
	return (
		<>
			<h2>{t(`walls.panel.${panel.kind}`)}</h2>
			{of === "address" && (
				<>
					<Select
						size="xs"
						searchable
						allowDeselect={false}
						limit={OFFERED}
						label={t("walls.area")}
						placeholder={t("walls.areaPlaceholder")}
						data-testid="panel-area"
						value={view.area}
						data={(upper?.all ?? []).map(({ code, name }) => ({
							value: code,
							label: `${name} · ${code}`,
						}))}
						onChange={(area) => area && choose({ area })}
					/>
					{OF_INDICATOR.has(panel.kind) && (
						<Select
							size="xs"
							allowDeselect={false}
							label={t("indicator.label")}
							data-testid="panel-indicator"
							value={view.indicator}
							data={indicators.map((key) => ({
								value: key,
								label: t(`indicator.${key}`),
							}))}
							onChange={(key) =>
								choose({
									indicator: key as IndicatorKey,
									measure: nearestMeasure(key as IndicatorKey, view.measure),
								})
							}
						/>
					)}
					{OF_MEASURE.has(panel.kind) && (
						<Select
							size="xs"
							allowDeselect={false}
							label={t("measure.label")}
							data-testid="panel-measure"
							value={view.measure}
							data={mapMeasures(view.indicator).map((key) => ({
								value: key,
								label: t(`measure.${key}`),
							}))}
							onChange={(key) => choose({ measure: key as Measure })}
						/>
					)}
					{PANEL_KINDS[panel.kind].map && (
						<Select
							size="xs"
							allowDeselect={false}
							label={t("level.label")}
							value={view.mapLevel === "province" ? "province" : "regency"}
							data={(["regency", "province"] as const).map((level) => ({
								value: level,
								label: t(`level.${level}`),
							}))}
							onChange={(level) =>
								choose({ mapLevel: level as "regency" | "province" })
							}
						/>
					)}
					<TextInput
						size="xs"
						label={t("walls.address")}
						description={t("walls.addressHelp")}
						data-testid="panel-address"
						spellCheck={false}
						value={typed ?? panel.address}
						error={typed !== null && t("walls.badAddress")}
						onChange={({ currentTarget: { value } }) => {
							const address = pastedAddress(value, language);
							setTyped(address === null ? value : null);
							if (address !== null) change({ address });
						}}
					/>
				</>
			)}
			{of === "text" && (
				<Textarea
					size="xs"
					autosize
					minRows={4}
					maxLength={2000}
					label={t("walls.text")}
					data-testid="panel-text"
					value={panel.text}
					onChange={(event) => change({ text: event.currentTarget.value })}
				/>
			)}
			{of === "picture" && <PictureForm panel={panel} change={change} />}
			{(of === "address" || panel.kind === "sources") && (
				<NumberInput
					size="xs"
					label={t("walls.staleAfter")}
					min={1}
					max={90}
					allowDecimal={false}
					clampBehavior="strict"
					value={staleAfter(panel)}
					onChange={(days) =>
						change({ staleAfter: typeof days === "number" ? days : null })
					}
				/>
			)}
			<Button
				size="xs"
				variant="default"
				className={styles.removePanel}
				leftSection={<Trash2 size="1em" aria-hidden />}
				data-testid="remove-panel"
				onClick={remove}
			>
				{t("walls.removePanel")}
			</Button>
		</>
	);
}
