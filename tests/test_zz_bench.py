import os, pytest, time
from collections import defaultdict
pytestmark = pytest.mark.django_db
def test_bench(settings,tmp_path,monkeypatch):
    from benchmarks import import_households as b
    import office.rosters.lines as L, office.rosters.checking as C, core.copying as K, members.rosters.households as H, office.rosters.spooling as S, members.rosters.writing as W
    n=int(os.environ["N"])
    path=tmp_path/"h.xlsx"; b.write(path,n)
    cpu=defaultdict(float); wall=defaultdict(float)
    def wrap(name,f):
        def g(*a,**k):
            c=time.process_time(); w=time.perf_counter()
            try: return f(*a,**k)
            finally: cpu[name]+=time.process_time()-c; wall[name]+=time.perf_counter()-w
        return g
    import office.rosters.staging as ST
    monkeypatch.setattr(K,"copy_into",wrap("copy_into",K.copy_into))
    monkeypatch.setattr(ST,"spool",wrap("spool",ST.spool))
    monkeypatch.setattr(C,"insert_rows",wrap("insert_results",C.insert_rows))
    monkeypatch.setattr(W,"insert",wrap("W.insert",W.insert))
    monkeypatch.setattr(L.Reader,"line",wrap("line",L.Reader.line))
    monkeypatch.setattr(L.Reader,"skipped",wrap("skipped",L.Reader.skipped))
    monkeypatch.setattr(L.Reader,"typed",wrap("typed",L.Reader.typed))
    monkeypatch.setattr(H,"wish_of",wrap("wish_of",H.wish_of))
    monkeypatch.setattr(H,"judge",wrap("judge",H.judge))
    monkeypatch.setattr(H,"cadre_of",wrap("cadre_of",H.cadre_of))
    monkeypatch.setattr(H,"village_of",wrap("village_of",H.village_of))
    monkeypatch.setattr(W,"searched",wrap("searched",W.searched))
    monkeypatch.setattr(C,"result",wrap("result",C.result))
    from office.rosters.sheets import described_sheet
    hs=described_sheet("households")
    object.__setattr__(hs,"check",wrap("HH.check",hs.check)); object.__setattr__(hs,"apply",wrap("HH.apply",hs.apply)); object.__setattr__(hs,"survey",wrap("HH.survey",hs.survey))
    c=time.process_time(); fl=b.floor_of(path,n); print("floor",fl,"cpu",time.process_time()-c, {k:(round(v,2),round(wall[k],2)) for k,v in cpu.items()})
    cpu.clear(); wall.clear()
    c=time.process_time(); fi=b.figure_of(path); print("figure",fi,"cpu",time.process_time()-c)
    for k,v in cpu.items(): print(k,round(v,2),round(wall[k],2))
