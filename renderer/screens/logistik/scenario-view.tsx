import { Button, Checkbox, FileButton, Menu } from "@mantine/core";
import { Plus, Undo2, Upload } from "lucide-react";
import { useState } from "react";
import { Facilities } from "../../../core/api/facilities.ts";
import {
	ImportScenario,
	KeepScenario,
	RemoveScenario,
	ScenarioFileOf,
	ScenariosKept,
	TakeBackScenarioChange,
} from "../../../core/api/scenarios.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import {
	BROUGHT_FILES,
	FILE_ENDING,
} from "../../../core/workspace/file-ending.ts";
import type { KeptScenario } from "../../../core/workspace/scenarios.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { scenariosEn } from "../../i18n/scenarios-en.ts";
import { scenariosId } from "../../i18n/scenarios-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { ask } from "../../state/ask.ts";
import { saveFile } from "../../state/desktop.ts";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./scenario.module.css";
import { ScenarioCompared } from "./scenario-compared.tsx";
import { ScenarioForm } from "./scenario-form.tsx";
import { PRESETS, presetInputs } from "./scenario-presets.ts";
import { logisticsSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

addTexts("scenarios", { id: scenariosId, en: scenariosEn });

const MOST_COMPARED = 4;

/** What a person assumes, kept by name, and up to four of them side by side. */
export default function ScenarioView({ areas, selected }: ViewProps) {
	const { t, format } = useLanguage();
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const [{ scenarios: shown }, changeSearch] = useSearch(logisticsSearch);
	const kept = useAnswer(ScenariosKept, {});
	const facilities = useAnswer(Facilities, {});
	const keep = useCommand(KeepScenario);
	const remove = useCommand(RemoveScenario);
	const takeBack = useCommand(TakeBackScenarioChange);
	const bring = useCommand(ImportScenario);
	const [edited, setEdited] = useState<KeptScenario | null>(null);
	const [told, setTold] = useState<string | null>(null);
	const list = kept.data?.scenarios ?? [];
	const chosen = shown
		.split(",")
		.filter((id) => list.some((one) => one.id === id));
	const choose = (ids: readonly string[]) =>
		changeSearch({ scenarios: ids.slice(-MOST_COMPARED).join(",") });
	/** Does it, and says what became of it. @returns whether nothing had to be said */
	const trying = async (work: () => Promise<string | null>) => {
		setTold(null);
		try {
			const became = await work();
			setTold(became);
			return became === null;
		} catch (reason) {
			setTold(
				t("scenarios.failed", {
					message: reason instanceof Error ? reason.message : String(reason),
				}),
			);
			return false;
		}
	};
	const became = (how: string | undefined) =>
		how === "kept" || how === undefined
			? null
			: t(
					how === "too-many"
						? "scenarios.becameTooMany"
						: how === "newer"
							? "scenarios.becameNewer"
							: "scenarios.becameDamaged",
				);
	const keepOne = (scenario: Pick<KeptScenario, "id" | "name" | "inputs">) =>
		trying(async () => {
			const { id, name, inputs } = scenario;
			const answer = await keep.mutateAsync({ id, name, inputs });
			if (answer?.became === "kept" && !chosen.includes(id))
				choose([...chosen, id]);
			return became(answer?.became);
		});
	if (kept.error && !kept.data)
		return <PanelFailure error={kept.error} again={kept.refetch} />;
	if (!kept.data || !facilities.data)
		return <PanelNotice>{t("app.loading")}</PanelNotice>;
	const all = facilities.data;
	return (
		<div className={styles.view}>
			<Panel
				title={t("scenarios.title")}
				subtitle={`${selected.name} · ${format.day(day)}`}
				testId="scenario-list"
				className={styles.list ?? ""}
			>
				<div className={styles.tools}>
					<Menu position="bottom-start">
						<Menu.Target>
							<Button
								size="xs"
								leftSection={<Plus size="1em" aria-hidden />}
								data-testid="scenario-new"
							>
								{t("scenarios.make")}
							</Button>
						</Menu.Target>
						<Menu.Dropdown>
							{PRESETS.map((preset) => (
								<Menu.Item
									key={preset}
									data-testid={`scenario-preset-${preset}`}
									onClick={() =>
										void keepOne({
											id: crypto.randomUUID(),
											name: `${t(`scenarios.presets.${preset}`)}, ${selected.name}`.slice(
												0,
												80,
											),
											inputs: presetInputs(preset, {
												area: selected,
												areas,
												facilities: all,
												day: isoFromDay(day),
												asKnown: asKnown === null ? null : isoFromDay(asKnown),
											}),
										})
									}
								>
									{t(`scenarios.presets.${preset}`)}
								</Menu.Item>
							))}
						</Menu.Dropdown>
					</Menu>
					<FileButton
						accept={BROUGHT_FILES}
						onChange={(file) =>
							void trying(async () => {
								if (!file) return null;
								const id = crypto.randomUUID();
								const answer = await bring.mutateAsync({
									id,
									text: (await file.text()) || " ",
								});
								if (answer?.became === "kept") choose([...chosen, id]);
								return became(answer?.became);
							})
						}
					>
						{(props) => (
							<Button
								{...props}
								size="xs"
								variant="default"
								leftSection={<Upload size="1em" aria-hidden />}
								data-testid="scenario-import"
							>
								{t("scenarios.bring")}
							</Button>
						)}
					</FileButton>
					<Button
						size="xs"
						variant="default"
						disabled={kept.data.stepsBack === 0}
						leftSection={<Undo2 size="1em" aria-hidden />}
						title={t("scenarios.takeBack")}
						aria-label={t("scenarios.takeBack")}
						data-testid="scenario-undo"
						onClick={() =>
							void trying(async () => {
								await takeBack.mutateAsync({});
								return null;
							})
						}
					>
						{format.number(kept.data.stepsBack)}
					</Button>
				</div>
				{told !== null && <p role="alert">{told}</p>}
				{edited ? (
					<ScenarioForm
						key={edited.id}
						scenario={edited}
						facilities={all}
						areas={areas}
						keep={async (scenario) => {
							// What could not be kept stays as it was typed.
							if (await keepOne(scenario)) setEdited(null);
						}}
						cancel={() => leave(() => setEdited(null))}
					/>
				) : (
					<ul className={styles.scenarios}>
						{list.map((one) => (
							<li key={one.id} data-testid="scenario">
								<Checkbox
									size="xs"
									label={one.name}
									aria-label={t("scenarios.compare", { name: one.name })}
									checked={chosen.includes(one.id)}
									onChange={(event) =>
										choose(
											event.currentTarget.checked
												? [...chosen, one.id]
												: chosen.filter((id) => id !== one.id),
										)
									}
								/>
								<div className={styles.acts}>
									<Button
										size="compact-xs"
										variant="default"
										onClick={() => setEdited(one)}
									>
										{t("scenarios.edit")}
									</Button>
									<Button
										size="compact-xs"
										variant="default"
										onClick={() =>
											void trying(async () => {
												const answer = await ask(ScenarioFileOf, {
													id: one.id,
												});
												if (answer)
													await saveFile(
														`blc-skenario_${one.inputs.area}_${one.inputs.day}.${FILE_ENDING}`,
														answer.text,
														"application/json",
													);
												return null;
											})
										}
									>
										{t("scenarios.file")}
									</Button>
									<Button
										size="compact-xs"
										variant="default"
										onClick={() =>
											void trying(async () => {
												await remove.mutateAsync({ id: one.id });
												return null;
											})
										}
									>
										{t("scenarios.remove")}
									</Button>
								</div>
							</li>
						))}
					</ul>
				)}
			</Panel>
			{chosen.length > 0 ? (
				<ScenarioCompared
					ids={chosen}
					areas={areas}
					selected={selected}
					facilities={all}
				/>
			) : (
				<Panel
					title={t("scenarios.census")}
					testId="scenario-compared"
					className={styles.list ?? ""}
				>
					<PanelNotice>
						{t(list.length === 0 ? "scenarios.none" : "scenarios.choose")}
					</PanelNotice>
				</Panel>
			)}
		</div>
	);
}
