import {
	Button,
	Group,
	MultiSelect,
	Popover,
	Select,
	Text,
} from "@mantine/core";
import { Lasso, SquareDashed, SquareDashedMousePointer } from "lucide-react";
import { useMemo, useState } from "react";
import { type Level, levelOf } from "../../../core/areas/codes.ts";
import { AREA_GROUPS, codesOfGroup } from "../../../core/areas/groups.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import styles from "./area-set.module.css";
import { ruleOf } from "./sketch.tsx";
import type { AreaSet, Drawing } from "./use-area-set.ts";

/** Names offered at once; who looks for another writes more of it. */
const OFFERED = 40;

/** Chooses several areas: by a shape on the map, by name, or as a group that is spoken of together. */
export function AreaSetChoice({
	set,
	areas,
	level,
}: {
	set: AreaSet;
	areas: AreaIndex;
	/** The level that the map shows, of which a shape takes the areas. */
	level: Level;
}) {
	const { t, language } = useLanguage();
	const [open, setOpen] = useState(false);
	// Names go with what is chosen: a group is of kabupaten/kota, on a map of provinces too.
	const offered = set.codes[0] ? levelOf(set.codes[0]) : level;
	const names = useMemo(
		() =>
			areas
				.at(offered)
				.flatMap(({ code, name, unknownPlace }) =>
					unknownPlace ? [] : [{ value: code, label: `${name} (${code})` }],
				),
		[areas, offered],
	);
	const groups = useMemo(
		() =>
			AREA_GROUPS.flatMap((group) =>
				codesOfGroup(group, areas.at("regency")).length > 0
					? [{ value: group.key, label: group.names[language] }]
					: [],
			),
		[areas, language],
	);
	const draw = (drawing: Drawing) => {
		set.draw(drawing);
		setOpen(false);
	};
	return (
		<Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
			<Popover.Target>
				<Button
					size="compact-xs"
					variant="default"
					leftSection={<SquareDashedMousePointer size="1.1em" />}
					title={t("areaSet.of")}
					data-testid="area-set"
					onClick={() => setOpen((was) => !was)}
				>
					{t("areaSet.open")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown className={styles.choice}>
				<Group gap="xs">
					<Button
						size="xs"
						variant="default"
						leftSection={<SquareDashed size="1.1em" />}
						data-testid="area-set-rectangle"
						onClick={() => draw("rectangle")}
					>
						{t("areaSet.rectangle")}
					</Button>
					<Button
						size="xs"
						variant="default"
						leftSection={<Lasso size="1.1em" />}
						data-testid="area-set-lasso"
						onClick={() => draw("lasso")}
					>
						{t("areaSet.lasso")}
					</Button>
				</Group>
				<Text size="xs">{t(ruleOf(level))}</Text>
				<Select
					size="xs"
					label={t("areaSet.groups")}
					placeholder={t("areaSet.group")}
					data-testid="area-set-group"
					comboboxProps={{ withinPortal: false }}
					data={groups}
					value={null}
					onChange={(key) => {
						const group = AREA_GROUPS.find((one) => one.key === key);
						if (group) set.choose(codesOfGroup(group, areas.at("regency")));
					}}
				/>
				<MultiSelect
					size="xs"
					label={t("areaSet.areas")}
					placeholder={t("areaSet.search")}
					data-testid="area-set-names"
					className={styles.names}
					comboboxProps={{ withinPortal: false }}
					searchable
					clearable
					limit={OFFERED}
					data={names}
					value={[...set.codes]}
					// The focus goes where a name is typed, and not while one is: it would take the letters to a button.
					data-autofocus
					openOnFocus={false}
					onChange={set.choose}
				/>
				<Button
					size="xs"
					variant="default"
					disabled={set.codes.length === 0}
					data-testid="area-set-clear"
					onClick={() => set.choose([])}
				>
					{t("areaSet.clear")}
				</Button>
			</Popover.Dropdown>
		</Popover>
	);
}
