import type { TFunction } from "i18next";
import { Role } from "../../../core/access/role.ts";
import type { CommandRefusal } from "../../../core/api/command-message.ts";
import { NameSource, OverrideValue } from "../../../core/api/decisions.ts";
import { FileOf } from "../../../core/api/sources.ts";
import type {
	OrderStatus,
	OrderStepKind,
} from "../../../core/logistics/order.ts";
import { type Day, dayFromIso, isoFromDay } from "../../../core/series/day.ts";
import { isIndicatorKey } from "../../../core/series/indicator.ts";
import type { Format } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useAreasFor } from "../../state/area-index.ts";
import { fetched } from "../ui/fetched.tsx";

const OrderNamed = fetched(() => import("./order-named.tsx"));

/** The commands that stand in the tray and in the audit trail. */
export const DECISIONS = [
	"override-value",
	"withdraw-file",
	"restore-file",
	"name-source",
	"change-item",
	"restore-item",
	"accept-stock",
	"refuse-stock",
	"reopen-stock",
	"save-alert-rule",
	"handle-alert",
	"undo",
	"expire-decision",
	"import-boundaries",
	"undo-boundaries",
	"put-reading-table",
	"restore-reading-table",
	"open-road",
	"change-road-token",
	"end-road",
	"add-workstation",
	"revoke-workstation",
	"draft-order",
	"approve-order",
	"send-order",
	"receive-order",
	"close-order",
	"cancel-order",
	"take-back-order-step",
	"save-mapping",
	"take-in-table",
	"build-release",
	"approve-release",
	"discard-release",
	"withdraw-release",
] as const;
export type DecisionName = (typeof DECISIONS)[number];

function isDecision(name: string): name is DecisionName {
	return (DECISIONS as readonly string[]).includes(name);
}

/** What commands do, in words. */
export interface DecisionWords {
	/** "Menetapkan nilai" */
	command(name: string): string;
	/** "Konfirmasi · Kota Bandung (32.73) · 12 Apr 2020" */
	cell(indicator: string, area: string, day: Day | null): string;
	/** A subject of the audit trail, `cell:confirmed/32.73/2020-04-12` or `file:12`. @param file its name where it is known */
	subject(subject: string, file?: string): string;
	refusal(refusal: CommandRefusal): string;
}

/** The words of a language, with the names of the areas as far as they are known. */
export function decisionWords(
	t: TFunction,
	format: Format,
	areas: AreaIndex | null,
): DecisionWords {
	const command = (name: string) =>
		isDecision(name) ? t(`decision.command.${name}`) : name;
	const named = (code: string) => {
		const name = areas?.byCode(code)?.name;
		return name === undefined ? code : `${name} (${code})`;
	};
	const cell: DecisionWords["cell"] = (indicator, area, day) => {
		return [
			isIndicatorKey(indicator) ? t(`indicator.${indicator}`) : indicator,
			named(area),
			day === null ? "?" : format.day(day),
		].join(" · ");
	};
	const list = (text: string, word: (one: string) => string) =>
		text.split(", ").map(word).join(", ");
	/** What was found, as this language writes it. */
	const parameter = (key: string, found: string | number): string => {
		if (typeof found === "number")
			return key === "day" || key === "today" || key === "earliest"
				? format.day(found)
				: format.number(found);
		switch (key) {
			case "command":
				return command(found);
			case "status":
				return t(`decision.order.status.${found as OrderStatus | "none"}`);
			case "step":
				return t(`decision.order.step.${found as OrderStepKind}`);
			case "role":
			case "roles":
				return list(found, (text) => {
					const role = Role.safeParse(text);
					return role.success ? t(`signIn.role.${role.data}`) : text;
				});
			case "area":
			case "areas":
			case "scope":
				return list(found, named);
			default:
				return found;
		}
	};
	return {
		command,
		cell,
		subject(subject, file) {
			const [kind, rest = ""] = split(subject, ":");
			if (kind === "cell") {
				const [indicator = "", area = "", day = ""] = rest.split("/");
				return cell(indicator, area, dayFromIso(day) ?? null);
			}
			if (kind === "file")
				return file
					? t("decision.fileNamed", { file, number: rest })
					: t("decision.file", { number: rest });
			if (kind === "boundaries")
				return t("decision.boundaries", { number: rest });
			if (kind === "order")
				return t("decision.order.subject", {
					id: rest.slice(0, 8),
					step: rest.split("/")[1] ?? "",
				});
			if (kind === "mapping") return t("decision.mapping", { key: rest });
			if (kind === "release") return t("decision.release", { number: rest });
			if (kind === "table") return t("decision.table", { number: rest });
			if (kind === "reading-table")
				return t("decision.readingTable", { key: rest });
			if (kind === "source") return t("decision.source", { key: rest });
			if (kind === "item") return t("decision.item", { item: rest });
			if (kind === "alert-rule") return t("decision.alertRule", { rule: rest });
			if (kind === "alert") {
				const [rule = "", area = "", day = ""] = rest.split("/");
				return t("decision.alert", {
					rule,
					area: named(area),
					day: format.day(dayFromIso(day) ?? 0),
				});
			}
			if (kind === "stock") {
				const [facility = "", item = "", day = ""] = rest.split("/");
				return t("decision.stock", {
					facility,
					item,
					day: format.day(dayFromIso(day) ?? 0),
				});
			}
			return subject;
		},
		refusal({ reason, parameters, message, other }) {
			return t(`decision.refused.${reason}`, {
				message,
				...Object.fromEntries(
					Object.entries(parameters).map(([key, found]) => [
						key,
						parameter(key, found),
					]),
				),
				...(other && {
					person: other.person,
					time: format.time(other.at),
					command: command(other.name),
					reason: other.reason,
				}),
			});
		},
	};
}

/** The words of the language in use. @param named codes of the areas that they may name */
export function useDecisionWords(named: readonly string[] = []): DecisionWords {
	const { t, format } = useLanguage();
	return decisionWords(t, format, useAreasFor(named));
}

/** What a command does and to what: "Menarik berkas jatim.csv". */
export function DecisionWhat({
	name,
	request,
}: {
	name: string;
	request: unknown;
}) {
	const { t, format } = useLanguage();
	const asked = request as {
		file?: number;
		audit?: number;
		indicator?: string;
		area?: string;
		day?: Day;
		value?: number;
		until?: Day | null;
		source?: string;
		item?: string;
		facility?: number;
		names?: { id: string; en: string } | null;
		orders?: unknown[];
		rule?: string;
		body?: unknown;
		table?: number;
		mapping?: unknown;
		order?: string;
		release?: number;
	};
	const words = useDecisionWords(asked.area === undefined ? [] : [asked.area]);
	const { data: file } = useAnswer(
		FileOf,
		{ file: asked.file ?? 1 },
		{ enabled: asked.file !== undefined },
	);
	const of =
		name === OverrideValue.name
			? `${words.cell(asked.indicator ?? "", asked.area ?? "", asked.day ?? null)} → ${format.number(asked.value ?? Number.NaN)}`
			: asked.rule !== undefined
				? words.subject(
						asked.body === undefined
							? `alert:${asked.rule}/${asked.area}/${isoFromDay(asked.day ?? 0)}`
							: `alert-rule:${asked.rule}`,
					)
				: asked.file !== undefined
					? words.subject(`file:${asked.file}`, file?.name)
					: asked.order !== undefined
						? null
						: asked.orders !== undefined
							? t("decision.order.several", { count: asked.orders.length })
							: asked.item !== undefined
								? words.subject(
										asked.facility === undefined
											? `item:${asked.item}`
											: `stock:${asked.facility}/${asked.item}/${isoFromDay(asked.day ?? 0)}`,
									)
								: name === NameSource.name
									? `${words.subject(`source:${asked.source}`)} → ${asked.names ? `${asked.names.id} · ${asked.names.en}` : t("decision.naming.given")}`
									: asked.audit !== undefined
										? t("decision.row", { number: asked.audit })
										: asked.table !== undefined
											? words.subject(`table:${asked.table}`)
											: asked.release !== undefined
												? words.subject(`release:${asked.release}`)
												: asked.mapping !== undefined
													? words.subject(`mapping:${asked.source}`)
													: "";
	return (
		<>
			<b>{words.command(name)}</b>{" "}
			{of ?? <OrderNamed waiting={null} order={asked.order ?? ""} />}
		</>
	);
}

function split(text: string, at: string): [string, string?] {
	const place = text.indexOf(at);
	return place < 0
		? [text]
		: [text.slice(0, place), text.slice(place + at.length)];
}
