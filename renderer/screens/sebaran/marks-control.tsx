import { Button, Menu } from "@mantine/core";
import { Shapes } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import {
	MARK_KINDS,
	type MarkKind,
	MOST_MARKS,
	withMark,
} from "./mark-kinds.ts";

/** Which marks stand on the map. One too many is said, and takes nothing away. */
export function MarksControl({
	shown,
	change,
}: {
	shown: readonly MarkKind[];
	change: (shown: readonly MarkKind[]) => void;
}) {
	const { t } = useLanguage();
	const [tooMany, setTooMany] = useState(false);
	return (
		<Menu
			position="bottom-end"
			closeOnItemClick={false}
			onClose={() => setTooMany(false)}
		>
			<Menu.Target>
				<Button
					size="compact-sm"
					variant="default"
					leftSection={<Shapes size="1.1em" />}
					data-testid="marks"
				>
					{t("marks.title")}
					{shown.length > 0 && ` ${shown.length}`}
				</Button>
			</Menu.Target>
			<Menu.Dropdown maw="22rem">
				<Menu.Label>{t("marks.most", { count: MOST_MARKS })}</Menu.Label>
				{MARK_KINDS.map((kind) => (
					<Menu.CheckboxItem
						key={kind}
						checked={shown.includes(kind)}
						data-kind={kind}
						onChange={(on) => {
							const next = withMark(shown, kind, on);
							setTooMany(next === null);
							if (next) change(next);
						}}
					>
						{t(`marks.kind.${kind}`)}
					</Menu.CheckboxItem>
				))}
				<Menu.Label role="status" data-testid="marks-too-many">
					{tooMany && t("marks.tooMany", { count: MOST_MARKS })}
				</Menu.Label>
			</Menu.Dropdown>
		</Menu>
	);
}
