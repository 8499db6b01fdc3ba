W1204_world
r i BC-EU--Tunnel Opening     06-03 0120
^BC-EU--Tunnel Opening,120<
^Mountain tunnel opens two years late <
^AP Photo XYZ101<
^Eds: Adds quotes.<
^By ANNA KELLER=
^Associated Press=
	   BOLZANO, Italy (AP) _ A road tunnel below the pass opened on Monday, two years late.
	   ``Nobody will miss the old road,'' the mayor said.

	   AP-WF-06-03-24 1015GMT<

