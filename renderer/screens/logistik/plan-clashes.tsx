import { Button } from "@mantine/core";
import type { Plan, PlanEnd } from "../../../core/api/plan.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./plan.module.css";
import type { Pins } from "./use-plan.ts";

type Clash = Plan["conflicts"][number];

/** What stands in each other's way, and by how much it has to give. */
export function PlanClashes({
	plan,
	names,
	pins,
}: {
	plan: Plan;
	names: ReadonlyMap<number, PlanEnd>;
	pins: Pins;
}) {
	const { t, format, language } = useLanguage();
	const nameOf = (facility: number | null) =>
		facility === null ? "" : (names.get(facility)?.name ?? String(facility));
	const told = (clash: Clash, key: number) => {
		const { from, to, item } = clash;
		const words = {
			item: plan.items.find((one) => one.item === item)?.name[language] ?? "",
			from: nameOf(from),
			to: nameOf(to),
			stands: format.number(
				clash.kind === "share" ? Math.round(100 * clash.stands) : clash.stands,
			),
		};
		return (
			<li key={key}>
				{clash.kind === "pin"
					? t(`plan.clash.pin.${clash.limit ?? "at-least"}`, words)
					: t(`plan.clash.${clash.kind}`, words)}
				{": "}
				{clash.because
					? t(`plan.clash.because.${clash.because}`)
					: clash.give > 0
						? t("plan.clash.give", {
								give: format.number(Math.ceil(clash.give)),
							})
						: t("plan.clash.holds")}{" "}
				{clash.kind === "pin" &&
					from !== null &&
					to !== null &&
					item !== null && (
						<Button
							size="compact-xs"
							variant="default"
							onClick={() => pins.release([{ from, to, item }])}
						>
							{t("plan.clash.loosen")}
						</Button>
					)}
			</li>
		);
	};
	// A floor holds as many limits as there are places and items: what need not give stands apart from what must, but for pins, which can be let go.
	const [must, beside] = [true, false].map((first) =>
		plan.conflicts.filter(
			({ give, because, kind }) =>
				(give > 0 || because !== null || kind === "pin") === first,
		),
	);
	return (
		<div className={styles.scroll} data-testid="plan-clashes" role="alert">
			<p>
				<b>{t("plan.clash.title")}</b>
			</p>
			<ul data-testid="plan-clashes-give">{must?.map(told)}</ul>
			{beside && beside.length > 0 && (
				<details>
					<summary>{t("plan.clash.beside", { count: beside.length })}</summary>
					<ul>{beside.map(told)}</ul>
				</details>
			)}
			<PinTools pins={pins} />
		</div>
	);
}

/** Goes back and forth over pins. */
export function PinTools({ pins }: { pins: Pins }) {
	const { t } = useLanguage();
	return (
		<span className={styles.pins}>
			<Button
				size="compact-xs"
				variant="default"
				disabled={!pins.undo}
				data-testid="pin-undo"
				onClick={() => pins.undo?.()}
			>
				{t("plan.pinning.undo")}
			</Button>
			<Button
				size="compact-xs"
				variant="default"
				disabled={!pins.redo}
				data-testid="pin-redo"
				onClick={() => pins.redo?.()}
			>
				{t("plan.pinning.redo")}
			</Button>
			{pins.pins.length > 0 && (
				<Button
					size="compact-xs"
					variant="default"
					data-testid="pin-clear"
					onClick={pins.clear}
				>
					{t("plan.pinning.clear", { count: pins.pins.length })}
				</Button>
			)}
		</span>
	);
}
