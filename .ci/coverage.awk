# Sums a coverage profile of Go by package, and holds it to floors.
#
#   awk -f coverage.awk coverage.out                     the share of every package
#   awk -v floors="path=95 …" -f coverage.awk profile    files whose name begins
#                                                        with path must reach 95 %
#
# A block that several test binaries report counts as reached if one reached it.

NR == 1 { next } # mode

{
	if (!($1 in statements)) statements[$1] = $2
	if ($3 > 0) reached[$1] = 1
}

END {
	for (block in statements) {
		file = block
		sub(/:[^:]*$/, "", file)
		package = file
		sub(/\/[^\/]*$/, "", package)
		add(package, block)
		add("all", block)
		n = split(floors, floor, " ")
		for (i = 1; i <= n; i++) {
			split(floor[i], part, "=")
			if (index(file, part[1]) == 1) add(floor[i], block)
		}
	}
	if (floors != "") exit failed_floors()
	for (name in total) if (name != "all") printf "%6.1f %%  %s\n", share(name), name | "sort -k3"
	close("sort -k3")
	printf "%6.1f %%  all\n", share("all")
}

function add(name, block) {
	total[name] += statements[block]
	if (block in reached) hit[name] += statements[block]
}

function share(name) { return 100 * hit[name] / total[name] }

function failed_floors(    failed) {
	for (i = 1; i <= n; i++) {
		split(floor[i], part, "=")
		if (!(floor[i] in total)) {
			printf "    -      %s has no statements under test yet\n", part[1]
			continue
		}
		printf "%6.1f %%  %s, at least %s %%\n", share(floor[i]), part[1], part[2]
		if (share(floor[i]) < part[2]) failed = 1
	}
	if (failed) print "too little of these is tested"
	return failed
}
